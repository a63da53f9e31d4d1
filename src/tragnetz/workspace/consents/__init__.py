"""Pages of what people allowed: under a case, the lead's list of what is due, and what others released to us."""
