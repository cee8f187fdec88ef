"""What the project claims, and the proof."""
