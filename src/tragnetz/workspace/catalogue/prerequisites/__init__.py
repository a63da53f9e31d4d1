"""The editor of rules: rows in, a rule out, tried on example households."""
