"""Access reviews in the browser and over JSON."""
