"""Logs for those who run the servers: one JSON object a line, and nothing of what people told us.

What is written is chosen, not filtered: names of routes instead of addresses, kinds of errors and places in the code
instead of their words. Texts of other programs may hold anything, so only their fixed part is written.
"""
