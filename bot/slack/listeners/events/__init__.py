"""Events of the Events API."""
