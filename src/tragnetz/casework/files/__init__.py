"""Papers of a case: taken by their content, searched for viruses, sealed, or only seen and not kept (docs/files.md)."""
