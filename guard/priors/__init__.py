"""Shipped calibration data."""
