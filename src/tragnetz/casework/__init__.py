"""From the first word to a lasting case.

Nouns: Enquiry (somebody asked; may stay anonymous), Case (one household accompanied by one counsellor), Note (facts,
assessment or agreement, kept apart), Step (who does what until when). Invariants: a case belongs to one organisation
and exists for no other (404); every read of a case leaves an audit event; what was said is sealed; an enquiry without
a contact holds codes only, so it can be counted and names nobody.
"""
