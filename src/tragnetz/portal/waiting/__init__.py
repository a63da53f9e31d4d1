"""The waiting list for residents: join it, see one's place, leave it."""
