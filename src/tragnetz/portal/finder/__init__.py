"""The guided finder: four steps, each question skippable, nothing stored; the answers travel with the page."""
