"""SMS by any gateway that takes one HTTP request a message; docs/messages.md has examples.

The settings are an administrator's; words of a person enter them as data only, quoted for where they stand.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote, quote_plus, urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.errors import NotSentError, RefusedError, UncertainError
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import Rendered

METHODS = {"GET", "POST", "PUT"}
TOO_MANY = 429
OURS = {401, 403, 407}  # our key or our right is wrong, not the message
LONGEST_WAIT = timedelta(hours=6)
_PLACE = re.compile(r"\{(to|text|id)\}")


class GatewayError(ValueError):
    """The settings of the gateway cannot work; the text says which and why."""


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A gateway. `{to}`, `{text}` and `{id}` in address and body are the number, the words and the message's id."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: str
    success: frozenset[int]
    seconds: float
    repeats_safely: bool

    def send(self, message: Message, rendered: Rendered) -> None:
        """Send one SMS. Raises NotSentError, RefusedError, UncertainError."""
        if message.channel != Channel.SMS:
            raise RefusedError(type(self).__name__)
        words = {"to": message.address, "text": rendered.body, "id": str(message.pk)}
        try:
            answer = urllib3.request(
                self.method,
                self._filled(self.url, words, "url"),
                headers={name: self._filled(value, words, "header") for name, value in self.headers.items()},
                body=self._filled(self.body, words, self._kind()).encode() if self.method != "GET" else None,
                timeout=self.seconds,
                retries=False,
                redirect=False,
            )
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotSentError(type(error).__name__) from error
        except HTTPError as error:
            raise self._unknown(type(error).__name__) from error
        self._judge(answer.status, answer.headers.get("Retry-After", ""))

    def _judge(self, status: int, retry_after: str) -> None:
        if status in self.success:
            return
        code = str(status)
        if status == TOO_MANY:
            raise NotSentError(code, _wait(retry_after))
        if status in OURS or 300 <= status < 400:  # noqa: PLR2004 -- redirects: not followed, the address is wrong
            raise NotSentError(code)
        if 400 <= status < 500:  # noqa: PLR2004 -- the gateway did not want this message
            raise RefusedError(code)
        raise self._unknown(code)

    def _unknown(self, code: str) -> Exception:
        """Return what it means that the gateway did not say whether it took the message."""
        return NotSentError(code) if self.repeats_safely else UncertainError(code)

    def _kind(self) -> str:
        given = next((value for name, value in self.headers.items() if name.lower() == "content-type"), "")
        return {"application/json": "json", "application/x-www-form-urlencoded": "form"}.get(given.split(";")[0], "raw")

    @staticmethod
    def _filled(template: str, words: Mapping[str, str], kind: str) -> str:
        # All at once: a "{id}" in what somebody wrote stays what they wrote.
        return _PLACE.sub(lambda place: _quoted(words[place[1]], kind), template)


def _quoted(word: str, kind: str) -> str:
    match kind:
        case "url":
            return quote(word, safe="")
        case "form":
            return quote_plus(word)
        case "json":
            return json.dumps(word)[1:-1]
        case "header":
            return quote(word, safe="+-")
    return word


def _wait(retry_after: str) -> timedelta | None:
    """Read the header Retry-After: seconds, or a date (RFC 9110, 10.2.3); nonsense is nothing."""
    try:
        wait = timedelta(seconds=int(retry_after))
    except OverflowError:
        wait = LONGEST_WAIT
    except ValueError:
        try:
            wait = parsedate_to_datetime(retry_after) - datetime.now(UTC)
        except (ValueError, TypeError):
            return None
    return min(max(wait, timedelta()), LONGEST_WAIT)


def read_gateway(given: Mapping[str, str]) -> HttpGateway:
    """Return the gateway of the settings. Raises GatewayError."""
    gateway = HttpGateway(
        url=given["url"],
        method=given["method"].upper(),
        headers=_headers(given["headers"]),
        body=given["body"],
        success=_codes(given["success"]),
        seconds=_seconds(given["timeout"]),
        repeats_safely=given["idempotent"] == "1",
    )
    address = urlsplit(gateway.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        message = "TRAGNETZ_SMS_URL must be an address that begins with https:// or http://"
        raise GatewayError(message)
    if gateway.method not in METHODS:
        message = f"TRAGNETZ_SMS_METHOD must be one of {', '.join(sorted(METHODS))}"
        raise GatewayError(message)
    carried = gateway.url + ("" if gateway.method == "GET" else gateway.body)
    everything = carried + "".join(gateway.headers.values())
    needed = {"{to}", "{text}"} | ({"{id}"} if gateway.repeats_safely else set())
    missing = [word for word in sorted(needed) if word not in (everything if word == "{id}" else carried)]
    if missing:
        message = f"TRAGNETZ_SMS_BODY (or TRAGNETZ_SMS_URL) must hold {' and '.join(missing)}"
        raise GatewayError(message)
    if gateway.method != "GET" and gateway._kind() == "json":  # noqa: SLF001 -- its own module
        try:
            json.loads(gateway._filled(gateway.body, {"to": "1", "text": "1", "id": "1"}, "json"))  # noqa: SLF001 -- as above
        except ValueError as error:
            message = "TRAGNETZ_SMS_BODY is no JSON, but the header Content-Type says so"
            raise GatewayError(message) from error
    return gateway


def _headers(given: str) -> dict[str, str]:
    try:
        headers = json.loads(given)
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        message = 'TRAGNETZ_SMS_HEADERS must be a JSON object of texts, like {"Authorization": "Bearer …"}'
        raise GatewayError(message)
    return headers


def _codes(given: str) -> frozenset[int]:
    try:
        ranges = [[int(end) for end in part.split("-")] for part in given.split(",")]
        found = frozenset(code for ends in ranges for code in range(ends[0], ends[-1] + 1))
    except ValueError:
        found = frozenset()
    if not found or not found <= set(range(200, 300)):
        message = "TRAGNETZ_SMS_SUCCESS must name codes between 200 and 299, like 200,202 or 200-299"
        raise GatewayError(message)
    return found


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 120:  # noqa: PLR2004 -- two minutes: the worker has other things to do
        message = "TRAGNETZ_SMS_TIMEOUT must be a number of seconds between 0 and 120"
        raise GatewayError(message)
    return seconds
