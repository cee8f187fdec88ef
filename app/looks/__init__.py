"""The service watches itself: what of a request is a look, and who looked at one's own record."""
