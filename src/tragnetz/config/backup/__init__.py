"""Back-ups: one encrypted file of everything, made while people work, and restored by one command.

`container` seals a stream in chunks (STREAM construction), `entries` puts named things into it, `keys` says who opens
it: these three are pure. `contents` is what a back-up tells about itself and what it may be restored into. `database`
reads and fills PostgreSQL, `files` the var folder. `write`, `inspect` and `restore` are the three deeds; `cli` prints.
"""
