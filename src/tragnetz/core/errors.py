"""The root of all errors that tell a person what to do."""


class TragnetzError(Exception):
    """A command was refused. Its text is shown to the person: plain words, and what to do next."""
