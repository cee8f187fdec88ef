"""Look-ups that somebody asks about, answered in the browser and over JSON; nothing of a list is kept."""
