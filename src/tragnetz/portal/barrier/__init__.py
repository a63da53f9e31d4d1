"""Visitors tell what they cannot use on the site: by form or by phone, without an account."""
