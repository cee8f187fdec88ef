"""The published inventory in the service: its public pages, its versions for officials, and JSON and commands."""
