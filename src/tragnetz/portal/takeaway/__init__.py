"""Take the answers along: a code, a sheet to print. Kept only if the person asks for it."""
