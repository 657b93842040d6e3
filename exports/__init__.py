"""Writers: one file per format that analysts take away."""
