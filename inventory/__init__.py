"""What data the entity holds, how it is classified, where it lies."""
