"""The outbox: every message that leaves the house passes here. docs/messages.md tells its rules.

Noun: Message. Invariants: one key is one message; texts are neutral (no topic, no organisation, nothing about money);
nothing is sent after it was cancelled or after its end; a message that may or may not have gone out is marked uncertain
and never sent again by itself. Addresses, names and codes stand sealed, and are emptied after 30 days.
"""
