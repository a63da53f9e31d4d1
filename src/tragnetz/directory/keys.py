"""Keys of records, and the German names behind them: for people who read and write records."""

import re
import unicodedata
from typing import Any

from tragnetz.directory.models import Authority, Paper, Service, Topic
from tragnetz.network.models import District, KeyedModel, Locality, Organisation, Site

_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST = 80


def slug(text: str) -> str:
    """Return a text as a key: lower-case words joined by `-`."""
    plain = text.lower().translate(_TRANSLITERATED)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def key_for(name: str, model: type[KeyedModel] = Service) -> str:
    """Return a key for a new row of a name, one that is not in use."""
    wanted = slug(name) or "eintrag"
    key, number = wanted, 2
    while model.objects.filter(key=key).exists():
        key, number = f"{wanted[: LONGEST - 6]}-{number}", number + 1
    return key


def names_of_keys() -> dict[str, str]:
    """Return the names of all that entries point to, and of the entries, by their key."""
    found = {key: name["de"] for model in (Service, Authority, Paper, Topic) for key, name in _named(model)}
    found |= {key: name for model in (Locality, District, Site, Organisation) for key, name in _named(model)}
    return found


def _named(
    model: type[Service | Authority | Paper | Topic | Locality | District | Site | Organisation],
) -> list[tuple[str, Any]]:
    return list(model.objects.values_list("key", "name"))
