"""Who takes part in which project: the page of a case, its forms, and the list of a project."""
