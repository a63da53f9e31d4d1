"""The pages on keys: open one's own, look after those of the organisation."""
