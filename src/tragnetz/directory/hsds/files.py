"""Files in and out: the kind follows from the name (json, ndjson, zip, csv, xlsx)."""

import json
import uuid
from collections.abc import Mapping
from pathlib import PurePath

from django.utils.translation import gettext as _

from tragnetz.directory.hsds import sheets, tabular
from tragnetz.directory.hsds.documents import Document, Documents
from tragnetz.directory.hsds.importing import Bundle, bundle_of
from tragnetz.directory.hsds.queries import service_rows
from tragnetz.directory.hsds.reading import Problem, ReadingError
from tragnetz.directory.models import Authority, Paper, Service, Topic
from tragnetz.network.models import District, Network, Organisation

KINDS = (".json", ".ndjson", ".zip", ".csv", ".xlsx")


def read_file(network: Network, name: str, packed: bytes, mapping: Mapping[str, str] | None = None) -> Bundle:
    """Return what a file holds. `mapping` (column -> field) is for CSV and XLSX. Raises ReadingError."""
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS:
        raise ReadingError([Problem(name, "", _no_kind())])
    if kind == ".zip":
        return tabular.read_package(packed)
    if kind in {".csv", ".xlsx"}:
        organisations = {row.name: str(row.pk) for row in Organisation.objects.all()}
        words = sheets.Words(
            topics=[row.name["de"] for row in Topic.objects.all()],
            districts=[network.city, *District.objects.values_list("name", flat=True)],
            papers=[row.name["de"] for row in Paper.objects.all()],
        )
        space = uuid.uuid5(network.pk, "sheet")
        rows = sheets.read_rows(packed, name)
        return sheets.bundle_of_rows(rows, space, organisations, words, mapping, _cells(network, rows))
    try:
        text = packed.decode("utf-8")
        return bundle_of(
            [json.loads(line) for line in text.splitlines() if line.strip()] if kind == ".ndjson" else json.loads(text)
        )
    except ReadingError:
        raise
    except UnicodeDecodeError as error:
        raise ReadingError([Problem(name, "", _("ist nicht in UTF-8 geschrieben"))]) from error
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        told = _("ist kein lesbares JSON (Zeile %(line)s, Zeichen %(column)s)") % where
        raise ReadingError([Problem(name, "", told)]) from error
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets in brackets without end
        raise ReadingError([Problem(name, "", _("ist kein lesbares JSON"))]) from error


def _no_kind() -> str:
    return _("ist keine Datei, die wir kennen: %s") % ", ".join(KINDS)


def write_file(network: Network, name: str) -> bytes:
    """Return the whole directory as a file of this kind. Raises ReadingError for an unknown kind."""
    documents = Documents(network, for_the_house=True)
    services = [documents.service(row) for row in service_rows(Service.objects.all()).order_by("search_name", "pk")]
    kind = PurePath(name).suffix.lower()
    if kind in {".csv", ".xlsx"}:
        rows = sheets.rows_of(services, _topics())
        return sheets.write_csv(rows) if kind == ".csv" else sheets.write_xlsx(rows)
    if kind == ".ndjson":
        return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in services).encode()
    organizations = _organizations(documents)
    if kind == ".zip":
        pairs = [("organization", one) for one in organizations] + [("service", one) for one in services]
        return tabular.write_package(tabular.tables_of(pairs), network.key)
    if kind == ".json":
        return json.dumps({"organizations": organizations, "services": services}, ensure_ascii=False, indent=1).encode()
    raise ReadingError([Problem(name, "", _no_kind())])


def _topics() -> dict[str, str]:
    return {str(row.pk): row.name["de"] for row in Topic.objects.all()}


def _cells(network: Network, listed: list[list[str]]) -> dict[str, dict[str, str]]:
    """Return the cells of the offers that a list names by their ids."""
    documents, topics = Documents(network), _topics()
    rows = service_rows(Service.objects.filter(pk__in=[cell for row in listed for cell in row if sheets.is_id(cell)]))
    return {str(row.pk): sheets.cells_of(documents.service(row), topics) for row in rows}


def _organizations(documents: Documents) -> list[Document]:
    rows = Organisation.objects.prefetch_related("sites__network").order_by("name", "pk")
    authorities = Authority.objects.exclude(pk__in=documents.owned_authorities()).order_by("key")
    return [
        *(documents.organization(row) for row in rows),
        *(documents.organization(authority) for authority in authorities),
    ]
