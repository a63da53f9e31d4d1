"""The city's own map: no third host sees who looks at it."""
