"""Groups: workshops and series with places, a waiting list, attendance and certificates.

Nouns: Group, Session (one date of it), Registration (a seat, or a place on the waiting list), Attendance.
Invariants: a seat from 1 to the group's places is given once (`seat_is_given_once` in the database), so no group is
ever overfull; who waits moves up in the order in which they came; the leader's time of each date is kept by a booking,
so that groups and appointments never overlap; a date was called off exactly when that booking was; messages name
neither group nor topic, and none goes out about what was called off.
"""
