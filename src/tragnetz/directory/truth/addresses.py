"""Looks after web addresses and phone numbers of the directory in the background.

A look is polite: a HEAD request, else a GET whose body is not read, one address at a time, each at most every ten
days. Addresses inside a network (private, loopback, link-local) are never asked: what a provider types into a form
must not make our server knock at doors that only it can reach.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

import phonenumbers
import urllib3
from django.db.models import QuerySet

from tragnetz.directory.models import Authority, Office, Service, ServiceStatus, WebAddress
from tragnetz.network.models import Network, Organisation

AGAIN = timedelta(days=10)
AGAIN_AFTER_FAULT = timedelta(days=1)
DEAD = 3  # looks in a row that failed, on different days: a server may be down for a night
TIMEOUT = urllib3.Timeout(connect=5, read=8)
MOST_HOPS = 5
A_TURN = 5  # addresses that one turn of the worker looks at
TEL = "tel:"
_AGENT = {"User-Agent": "Tragnetz link check", "Accept": "*/*"}
_GONE = frozenset({404, 410, 451})
_SERVER = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A translator would lead these to addresses of IPv4 that nobody has examined (RFC 6052; RFC 4291, 2.5.5.1).
_TRANSLATED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))
_NOBODY = frozenset({"name", "connection", "timeout"})
_NO_HEAD = frozenset({403, 405, 501})


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an address showed; an empty `fault` is well."""

    fault: str
    status: int | None = None


class _RefusedError(Exception):
    """The address lies inside a network, or is none of the web."""


# The nearest kind first: some are kinds of others.
_FAULTS: dict[type[Exception], str] = {
    _RefusedError: "refused",
    UnicodeError: "format",
    ValueError: "format",
    socket.gaierror: "name",
    urllib3.exceptions.SSLError: "certificate",
    urllib3.exceptions.TimeoutError: "timeout",
}
type MayAsk = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether an IP address is of one machine of the open internet; not one that stands for another of the old kind."""
    found = ipaddress.ip_address(address)
    stands_for_another = found.version == 6 and any(found in net for net in _TRANSLATED)  # noqa: PLR2004 -- IPv6
    group = found.is_multicast or getattr(found, "is_site_local", False)
    return found.is_global and not stands_for_another and not group


def look_at(url: str, may_ask: MayAsk = is_public) -> Look:
    """Return what an address answers, following redirects; never raises."""
    try:
        return _follow(url, may_ask)
    except (_RefusedError, ValueError, urllib3.exceptions.HTTPError, OSError) as error:
        return Look(next((fault for kind, fault in _FAULTS.items() if isinstance(error, kind)), "connection"))


def _follow(url: str, may_ask: MayAsk) -> Look:
    for _hop in range(MOST_HOPS):
        status, target = _ask("HEAD", url, may_ask)
        if status in _NO_HEAD or status >= _SERVER:
            status, target = _ask("GET", url, may_ask)
        if status not in _REDIRECTS or not target:
            if status in _GONE:
                return Look("gone", status)
            return Look("server" if status >= _SERVER else "", status)
        url = urljoin(url, target)
    return Look("circle")


def _ask(method: str, url: str, may_ask: MayAsk) -> tuple[int, str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise _RefusedError
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # We connect to the address that was examined, so that a name cannot change its mind in between.
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    address = str(found[0][4][0])
    if not all(may_ask(str(one[4][0])) for one in found):
        raise _RefusedError
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT)
    with pool:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = parts.netloc.rpartition("@")[2]  # what stands before it would be somebody's name and password
        answer = pool.request(
            method, path, headers={**_AGENT, "Host": named}, redirect=False, retries=False, preload_content=False
        )
        answer.close()
        return answer.status, answer.headers.get("Location", "")


def phone_fault(number: str, country: str) -> str:
    """Return `format` for a number that cannot be one; short service numbers (116 117, 115) are well."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if 2 < len(digits) <= 6 and number.strip()[:1] not in {"0", "+"}:  # noqa: PLR2004 -- 110 to 116117
        return ""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return "format"
    return "" if phonenumbers.is_possible_number(parsed) and phonenumbers.is_valid_number(parsed) else "format"


def addresses_of(service: Service) -> set[str]:
    """Return all web addresses and phone numbers of a service itself, numbers with `tel:` in front."""
    contact = service.contact or {}
    return _told(contact.get("url", ""), {"number": contact.get("phone", "")}, *contact.get("phones", []))


def addresses_of_organisation(row: Organisation) -> set[str]:
    """Return the web address and the phone numbers of an organisation, as `addresses_of`."""
    return _told(row.url, *row.phones)


def addresses_of_office(row: Office) -> set[str]:
    """Return the web address and the phone number of an office, as `addresses_of`."""
    return _told(row.url, {"number": row.phone})


def _told(url: str, *phones: Mapping[str, str]) -> set[str]:
    found = {url, *(TEL + phone["number"] for phone in phones if phone.get("number"))}
    return {address for address in found if address}


def gather_addresses(network: Network) -> int:
    """Bring the list of addresses up to what the directory holds now; returns how many are on it."""
    wanted: set[str] = set()
    for service in Service.objects.exclude(status=ServiceStatus.ENDED).only("contact").iterator(2000):
        wanted |= addresses_of(service)
    for organisation in Organisation.objects.only("url", "phones").iterator(2000):
        wanted |= addresses_of_organisation(organisation)
    for model in (Authority, Office):
        wanted |= {url for url in model.objects.exclude(url="").values_list("url", flat=True)}  # noqa: C416 -- typed as any
        wanted |= {TEL + phone for phone in model.objects.exclude(phone="").values_list("phone", flat=True)}
    wanted = {address for address in wanted if len(address) <= 400}  # noqa: PLR2004 -- the field's
    known = set(WebAddress.objects.values_list("url", flat=True))
    WebAddress.objects.filter(url__in=known - wanted).delete()
    WebAddress.objects.bulk_create(
        [WebAddress(network=network, url=url) for url in sorted(wanted - known)], ignore_conflicts=True
    )
    return len(wanted)


def check_addresses(
    *, network: Network, now: datetime, limit: int = A_TURN, may_ask: MayAsk = is_public
) -> list[WebAddress]:
    """Look at the addresses that wait longest; returns those of which something was learnt.

    Phone numbers cost nothing: all that are due.
    """
    numbers = list(_due(now).filter(url__startswith=TEL)[:500])
    for row in numbers:
        _note(row, Look(phone_fault(row.url.removeprefix(TEL), network.holiday_country)), now, at_once=True)
    looks = [(row, look_at(row.url, may_ask)) for row in _due(now).exclude(url__startswith=TEL)[:limit]]
    if len(looks) > 1 and all(look.fault in _NOBODY for _row, look in looks):
        return numbers  # nobody answers at all: it is our line that is down, not theirs
    for row, look in looks:
        _note(row, look, now)
    return [*numbers, *(row for row, _look in looks)]


def _due(now: datetime) -> QuerySet[WebAddress]:
    rows = WebAddress.objects.exclude(checked_at__gt=now - AGAIN_AFTER_FAULT)
    return rows.exclude(failures=0, checked_at__gt=now - AGAIN).order_by("checked_at", "url")


def _note(row: WebAddress, look: Look, now: datetime, *, at_once: bool = False) -> None:
    row.checked_at, row.fault, row.status = now, look.fault, look.status
    row.failures = 0 if not look.fault else DEAD if at_once else min(row.failures + 1, 100)
    row.save(update_fields=["checked_at", "fault", "status", "failures"])


def broken(addresses: Iterable[str]) -> dict[str, str]:
    """Return those of some addresses that surely do not work, each with its fault."""
    rows = WebAddress.objects.filter(url__in=list(addresses), failures__gte=DEAD)
    return dict(rows.values_list("url", "fault"))
