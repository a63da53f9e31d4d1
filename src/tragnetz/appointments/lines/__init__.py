"""Who picks up the lines: the plan for each week, and who has signed on."""
