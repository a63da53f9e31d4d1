"""Log-in: allauth, fitted to a network's staff. Nobody signs up; docs/login.md tells how it is protected."""
