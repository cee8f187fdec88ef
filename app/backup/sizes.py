"""Sizes of files in words."""

_GIGABYTE = 1_000_000_000


def size_text(count: int) -> str:
    """Say how large a file of so many bytes is."""
    return f"{count / 1e9:,.1f} GB" if count >= _GIGABYTE else f"{count / 1e6:,.1f} MB"
