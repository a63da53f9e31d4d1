"""Help: the handbook of docs/handbook as pages of the staff site, a search over it, and the shortcuts of a page."""
