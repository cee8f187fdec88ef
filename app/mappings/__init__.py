"""Names in logs that map to nothing, and the answers to them."""
