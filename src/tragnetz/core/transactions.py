"""Transactions that try again when PostgreSQL asks for it."""

from collections.abc import Callable

from django.db import OperationalError, connection, transaction

AGAIN = {"40P01", "40001"}  # deadlock detected, serialization failure: the standard answer is to repeat
TRIES = 5


def in_transaction[T](run: Callable[[], T]) -> T:
    """Run a function in one transaction, again if it fell victim to a deadlock. Inside another one it runs once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            return run()
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return run()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in AGAIN or not left:
                raise
    raise AssertionError  # the loop returns or raises


def wait_for(name: str) -> None:
    """Queue up behind whoever does the same, until this transaction ends (an advisory lock of PostgreSQL).

    Without it a rush on one row ends in deadlocks on the index of its constraint.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
