"""From a person of a case to a participant of a project: entry, answers, exit."""
