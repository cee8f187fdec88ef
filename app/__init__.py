"""How the service runs: the command line, the sample city, migrations. Knows every folder; nothing imports it."""
