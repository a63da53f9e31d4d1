"""How much help it is: a question, some talks, or company over a long time."""
