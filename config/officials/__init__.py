"""Who may use this service, and what each of them may do: officials, their roles, sessions and tokens."""
