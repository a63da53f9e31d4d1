"""Plan templates: choose one, answer, tick, take over."""
