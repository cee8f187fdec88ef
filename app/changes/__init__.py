"""The door to what was changed: who changed what, when, from what, to what."""
