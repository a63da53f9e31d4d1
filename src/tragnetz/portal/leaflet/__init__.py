"""A leaflet of one offer, on paper and in two languages: to take along, and to show at the counter."""
