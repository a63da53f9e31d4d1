"""How long people wait, who does not come, and what one counsellor more or less would change for them."""
