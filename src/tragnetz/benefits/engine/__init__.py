"""Compiles gettsim's law ahead of time. The only room that imports gettsim; a web process never enters it."""
