"""People say themselves how they are after a project: asked by the way they allow, never against their will."""
