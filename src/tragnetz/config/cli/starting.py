"""Start Django for the commands that need it."""


def start() -> None:
    """Read the settings, and start the embedded database where none is named."""
    import django  # noqa: PLC0415 -- starts the database, so only for commands that need it

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- as above

    from tragnetz.config.logs.hooks import log_uncaught  # noqa: PLC0415 -- as above

    if settings.PRODUCTION:
        log_uncaught()
