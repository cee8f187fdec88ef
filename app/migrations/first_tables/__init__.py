"""The tables with which the program began, as the first migration makes them; what changed since, later ones say."""
