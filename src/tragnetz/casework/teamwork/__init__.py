"""Tasks, deputies, and how a case goes to another counsellor."""
