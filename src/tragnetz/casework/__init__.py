"""From the first word to a lasting case (docs/casework.md).

Nouns: Enquiry (somebody asked; may stay anonymous), Case (one household accompanied by one counsellor), its parts
(Compartment), CaseContact with Notes (facts, assessment or agreement, kept apart), LifeEvent, Rating, Goal, Step, Task,
Handover, Closing. Invariants: a case belongs to one organisation and exists for no other (404); every read of a case
leaves an audit event; what was said is sealed, in the part of the case it belongs to; an enquiry without a contact
holds codes only, so it can be counted and names nobody.
"""
