"""Which employee may reach which data, for what purpose, until when."""
