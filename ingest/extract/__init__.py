"""From prose to candidate claims, by rules: each with the sentence that supports it, none counted until reviewed."""
