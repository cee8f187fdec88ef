"""The inventory in the service: pages and JSON of its data series."""
