"""The outbox: every message that leaves the house passes here.

Noun: Message. docs/messages.md tells the rules. Invariants: one key is one message; texts are neutral (no topic, no organisation, nothing about money);
nothing is sent after it was cancelled; a message that may or may not have gone out is marked uncertain and never sent
again by itself. Addresses and codes stand sealed.
"""
