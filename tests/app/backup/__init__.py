"""Tests of jobs and the workers that do them."""
