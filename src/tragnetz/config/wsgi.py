"""The web application for the server."""

import os
from contextlib import suppress
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.backends.signals import connection_created
from django.urls import get_resolver

from tragnetz.config.collector import spare_what_stays
from tragnetz.config.metrics.folder import prepare
from tragnetz.config.together import end_while_loading, end_with_parent

end_while_loading()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
if settings.TRAGNETZ_METRICS_TOKEN:
    prepare(settings.TRAGNETZ_VAR)  # before anything imports prometheus-client
application = get_wsgi_application()


def _be_impatient(*, connection: Any, **_kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
    """Give up a query for which no visitor waits any more: else a few hold all threads, and nobody gets a page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{settings.TRAGNETZ_QUERY_SECONDS}s"])


def _remember() -> None:
    """Know whom to call before anything breaks; if the database is away already, an older file knows."""
    from tragnetz.network.notice import remember  # noqa: PLC0415 -- needs the application
    from tragnetz.network.queries import current_network  # noqa: PLC0415 -- as above

    with suppress(OperationalError, InterfaceError, ProgrammingError):  # away, or no tables yet
        if network := current_network(settings.TRAGNETZ_NETWORK):
            remember(network, settings.TRAGNETZ_VAR)
    connection.close()


def _load_ahead() -> None:
    """Load what the first visitors of a new process would wait for: all pages, and beside them the search's encoder."""
    from tragnetz.directory.meaning import load_encoder  # noqa: PLC0415 -- needs the application

    _ = get_resolver().url_patterns
    Thread(target=load_encoder, name="load-encoder", daemon=True).start()


if settings.PRODUCTION:
    from tragnetz.config.checks import refuse_mixed_networks

    refuse_mixed_networks()
end_with_parent()
connection_created.connect(_be_impatient, dispatch_uid="impatient")
_remember()
_load_ahead()
spare_what_stays()
