"""What came of the help: counted from codes, with how many it tells of and how sure it is; no name, no ranking."""
