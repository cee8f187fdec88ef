"""What every page and every operation of the service stands on."""
