"""What a city's folder brings of an entry that people changed here: all but what they changed."""

from typing import Any

from tragnetz.directory import shapes
from tragnetz.directory.history import kept_of
from tragnetz.directory.models import Service
from tragnetz.directory.records import record_of, whole
from tragnetz.directory.truth.rules import differences
from tragnetz.network.shapes import plain

_POINTERS = ("topics", "districts")  # without order


def brought(given: shapes.Service, row: Service | None) -> shapes.Service:
    """Return an entry of the folder as it is to be written over a row: what people changed of it stays.

    `checked` tells who made sure of the whole record. What people said there stays as long as the folder brings nothing
    new: they cannot have made sure of that.
    """
    stays = kept_of(row)
    if row is None or not stays:
        return given
    record, wanted = _comparable(record_of(whole(row.pk))), _comparable(given)
    if not row.paper_order and set(record["papers"]) == set(wanted["papers"]):
        record["papers"] = wanted["papers"]  # nobody had said an order: to bring the first one is nothing new
    found = {**wanted, **{name: value for name, value in record.items() if name in stays}}
    found = {name: value for name, value in found.items() if name not in stays or name in record}
    if "checked" in stays and differences({**record, "checked": None}, {**found, "checked": None}):
        found["checked"] = wanted["checked"]
    return shapes.Service.model_validate(found | {"situations": given.situations})


def _comparable(shape: shapes.Service) -> dict[str, Any]:
    """Return a record as plain values that two records of the same content share."""
    found: dict[str, Any] = plain(shape)
    del found["situations"]  # they name services, not the other way round
    found.pop("site", None)
    found["places"] = [{**plain(place), "id": ""} for place in shape.all_places()]
    return found | {name: sorted(found[name]) for name in _POINTERS}
