"""Pages of the administration: who works here, invitations, roles, ends of access."""
