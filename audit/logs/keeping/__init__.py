"""How the store is kept: small files are put together by month, and what is due is removed under its schedule."""
