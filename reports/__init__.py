"""What we hand to others."""
