"""Who works when: the week, its changes with what they would break, settings."""
