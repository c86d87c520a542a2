"""Measuring and calibrating, offline: replays of Evidence through the guard's own pure functions."""
