"""Management commands of Django that do something more here."""
