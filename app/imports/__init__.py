"""The doors to imports: what is sent, staged, applied, listed and taken back."""
