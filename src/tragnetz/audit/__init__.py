"""Who did and who read what: append-only events, chained by hash.

An event is written in the transaction of the deed, so there is none without the other. Chaining runs afterwards in
order (docs/decisions/0006), so that no deed waits for another. The database refuses to change or delete an event.
"""
