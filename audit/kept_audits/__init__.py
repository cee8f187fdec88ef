"""What an audit leaves beside the store, so that the next one decides again only what can have changed."""
