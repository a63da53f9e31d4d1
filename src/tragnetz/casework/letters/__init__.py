"""Official letters of a case: kinds as data, drafts with versions, own wordings, and what was sent to whom."""
