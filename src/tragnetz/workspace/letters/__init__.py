"""Letters of a case: write, preview, take as PDF or Word file, say that they left; and the words of an organisation."""
