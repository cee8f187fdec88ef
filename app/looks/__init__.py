"""The service watches itself: who looked at whose data in it is an access event like any other."""
