"""Readers: one file per report format. They read, yield claims, and never see a store."""
