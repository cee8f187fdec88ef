"""The workers that do jobs, and the doors to the jobs."""
