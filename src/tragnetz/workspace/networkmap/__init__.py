"""The net around a household."""
