"""Appointments: who works when, which times are free, who has which.

Nouns: Roster (weekly hours of a counsellor), Absence, Slot (a free time, computed, never stored), Booking, Callback.
Invariants: two live bookings of one counsellor never overlap (`booking_does_not_overlap` in the database); a booking
lies inside a roster and outside absences and public holidays when it is made; one idempotency key makes one booking;
no message about a booking goes out after it was cancelled.
"""
