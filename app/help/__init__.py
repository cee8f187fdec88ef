"""What each group of people does here, one task a page: the same text in the service and in the project."""
