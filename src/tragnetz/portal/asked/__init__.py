"""How it went on after a project, in the person's own words: no account, no script, nothing about who they are."""
