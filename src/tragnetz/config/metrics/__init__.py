"""Figures for Prometheus. What happens in a web process is counted there, everything else is read from the database.

No label holds a person, a code or a secret: they are names of routes, methods, statuses, tasks, states and the key of a
network.
"""
