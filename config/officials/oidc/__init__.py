"""Signing in through the identity provider that the city has already, by OpenID Connect."""
