"""The search page: words, filters and what was found. It works without script; filters are fields of one form."""
