"""Rights of the person: requests with their deadline, the copy, corrections, restriction, objection, erasure."""
