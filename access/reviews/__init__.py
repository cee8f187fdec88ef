"""Access reviews: whether each grant that stands is still needed, asked of who is responsible for it."""
