"""What a person allowed: to keep data about them, and to speak about them with others.

Nouns: Consent (data protection: a controller may process groups of data for a purpose), Release (from secrecy: who may
speak with whom about what), Notice (the information on data protection that somebody was handed). Two objects, never
one: a consent lets nobody speak, and a release allows no further processing. Invariants: a release names one recipient
and at least one who may speak, never "all partners"; nothing holds without an end; what was withdrawn, has ended or
lacks its signature holds no more at the next request, because the question is part of the query and never cached; the
exact sentence that was shown stays with the row, sealed.
"""
