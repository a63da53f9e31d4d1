"""Papers with which one person of a case applies: the CV and letters of application.

Nouns: Resume (who applies, and how the CV looks), CareerEntry (a stretch of life: school, work, family time),
CareerSkill (language, licence, strength with an example), CoverLetter (to one employer) and its CoverVersions.
Invariants: all of it belongs to a coaching and is seen with it alone; what was told is sealed, codes and months are
plain; a version is never changed, a new wording is a new version; the person sees on their own page only what was
shared.
"""
