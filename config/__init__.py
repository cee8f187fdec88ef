"""What every folder stands on. Knows none of them."""
