"""Pages that partner sites show in a frame: no cookies, no third host, nothing stored; a page explains it."""
