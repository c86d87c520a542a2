"""Measurements: each module is a command, its output stands in RESULTS.md with the machine named."""
