"""Appointments in other calendars: a counsellor's secret feed, a person's own file, calendars taken over."""
