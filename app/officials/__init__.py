"""The doors to officials: signing in and out, and who may use the service."""
