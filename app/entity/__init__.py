"""The doors to the entity: how it is described, and whether it is live."""
