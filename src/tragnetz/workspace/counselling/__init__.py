"""The day, the enquiry, the case."""
