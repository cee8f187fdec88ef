"""Versions of the inventory: the copy that is published, what differs between two, and their workbooks."""
