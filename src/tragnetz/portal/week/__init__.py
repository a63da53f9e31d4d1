"""What is open when: now, and in a week."""
