"""The doors to retention and legal holds, and what is removed beside the store."""
