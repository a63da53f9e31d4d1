"""Catches all lines of all loggers as production writes them, and looks for what people told."""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tragnetz.config.logs.formatter import SafeFormatter

# Told by people, and nowhere else: if one of these stands in a line, the line is a leak.
CANARIES = (
    "Kanarienvogel", "kanarie@leck.example", "0170 5550123", "+491705550123", "5550123", "KANA-RIEN-VOGL",
    "Zitronenfalter", "Geheimrat",
)  # fmt: skip
LOGGERS = ("django", "django.request", "django.security", "tragnetz", "urllib3", "allauth", "asyncio")


class Caught(logging.Handler):
    """Keeps lines as production writes them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(SafeFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def read(self) -> list[dict]:
        return [json.loads(line) for line in self.lines]


@contextmanager
def catching() -> Iterator[Caught]:
    """Catch everything that any logger says, at its loudest."""
    handler, loggers = Caught(), [logging.getLogger(), *map(logging.getLogger, LOGGERS)]
    before, others = [logger.level for logger in loggers], loggers[0].handlers
    loggers[0].handlers = [handler]  # nobody else need write so much
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        loggers[0].handlers = others
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def leaks(lines: Iterable[str]) -> list[str]:
    """Return the lines that hold a word of people."""
    return [line for line in lines for word in CANARIES if word.lower() in line.lower()]
