"""The editors' pages: what is to be done, one entry with its truth and history, organisations, translations, gaps."""
