"""Truth of the directory: who confirmed what and when, how sure that still is, what changed, what is to be done."""
