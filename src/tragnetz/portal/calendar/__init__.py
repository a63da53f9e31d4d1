"""Opening hours for the calendar of a phone."""
