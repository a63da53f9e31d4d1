"""Open data: numbers of a year that is over, for everybody. Published once and never anew (decision 0033)."""
