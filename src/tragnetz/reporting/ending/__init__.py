"""A project ends, the help does not: what is still promised, what was decided for each case, who asks later."""
