"""The form of 30 seconds: contact, note, next step; and the texts that help."""
