"""The doors to audits: asked for, listed, looked at."""
