"""What the service does by itself, again and again, and the doors to it."""
