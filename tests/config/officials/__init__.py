"""Tests of officials."""
