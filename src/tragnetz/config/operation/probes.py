"""What machines ask of a server, answered before anything else: by any host name, without HTTPS, session or network."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

_migrated = False
# What the middlewares below give to all other answers: a browser that is led here shows text, and in no frame.
_HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}  # fmt: skip


class ProbeMiddleware:
    """Answers `/-/health` (this process lives), `/-/ready` (it can serve) and `/metrics` (docs/operations.md)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match request.path_info:
            case "/-/health":
                response = _plain("alive")
            case "/-/ready":
                missing = missing_to_serve()
                response = _plain(missing or "ready", 503 if missing else 200)
            case "/metrics":
                from tragnetz.config.metrics.page import metrics  # noqa: PLC0415 -- only where somebody asks

                response = metrics(request)
            case _:
                return self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response


def missing_to_serve() -> str:
    """Return what keeps this process from serving: `database` or `migrations`; empty when nothing does."""
    global _migrated  # noqa: PLW0603 -- migrations are not taken back under a running process: asked once
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated:
            _ = get_resolver().url_patterns  # all pages: else the first visitor would wait until they are read
            _migrated = not waiting_migrations()
    except (DatabaseError, InterfaceError):
        connection.close()
        return "database"
    return "" if _migrated else "migrations"


def waiting_migrations() -> list[str]:
    """Return the migrations that this version brings and the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
