"""Groups for residents: the calendar, a page each, registering and leaving by a code, without account."""
