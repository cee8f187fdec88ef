"""A believable Minnesota city of our own invention: its files, its logs, and the misuse planted in them."""
