"""Pages of one's own account that allauth does not have: devices, staying signed in, accepting an invitation."""
