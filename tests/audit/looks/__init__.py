"""Tests of the service's own log."""
