"""Small nasty cities: every kind of row and log event, crowded round the edges where decisions change."""
