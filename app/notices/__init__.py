"""Notices: what happened or waits that somebody is to know of, in the service and by e-mail."""
