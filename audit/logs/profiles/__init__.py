"""The profile language: where a source's records have what, and the profiles that ship."""
