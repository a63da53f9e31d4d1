"""Settings, addresses and commands: composes all floors."""
