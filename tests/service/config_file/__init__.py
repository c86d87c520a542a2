"""Loading `guard.yaml`."""
