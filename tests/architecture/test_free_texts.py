"""Each field that may hold words is sealed with the key of a case, or docs/free-texts.md says why it is not."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, JSONField, TextField

from tragnetz.privacy.kinds import KINDS
from tragnetz.vault.envelopes import EnvelopeTextField
from tragnetz.vault.fields import SealedField

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "free-texts.md").read_text(encoding="utf-8")
SEALED, OPEN = (re.split(r"^## ", PAGE, flags=re.MULTILINE)[number] for number in (2, 3))


def rows_of(part: str) -> list[str]:
    """Return the fields that the first column of a table names; what stands behind "but" is excepted there."""
    firsts = re.findall(r"^\| (`[^|]+?) \|", part, flags=re.MULTILINE)
    return [name for first in firsts for name in re.findall(r"`([^`]+)`", first.split(" but ")[0])]


def fields() -> dict[str, Field]:
    """Return all fields of our models by `app.model.field`."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("tragnetz.")]
    return {f"{model._meta.label_lower}.{one.name}": one for model in ours for one in model._meta.fields}


def may_hold_words(one: Field) -> bool:
    """Whether a field that nothing seals takes any words."""
    inner = one.base_field if isinstance(one, ArrayField) else one
    return isinstance(inner, CharField | TextField | JSONField) and not inner.choices


def names(*, sealed: bool) -> list[str]:
    """Return the fields to decide on: sealed with the key ring, or not at all."""
    if sealed:
        return sorted(
            name
            for name, one in fields().items()
            if isinstance(one, SealedField) and (not isinstance(one, EnvelopeTextField) or one.or_ring)
        )
    return sorted(name for name, one in fields().items() if not isinstance(one, SealedField) and may_hold_words(one))


def test_the_search_finds_fields_of_all_three_sorts():
    assert isinstance(fields()["casework.note.text"], EnvelopeTextField)
    assert "casework.task.text" in names(sealed=True)
    assert "casework.note.text" not in names(sealed=True) + names(sealed=False)
    assert "directory.report.text" in names(sealed=False)


def test_each_text_that_opens_with_the_key_ring_says_why():
    """Failed? Seal the text with the key of a part of the case (EnvelopeTextField), or say in the page why not."""
    assert sorted(rows_of(SEALED)) == names(sealed=True)


def test_each_open_text_says_why():
    """Failed? Seal the text, or say in the page what stands there and why everybody with the database may read it."""
    decided = rows_of(OPEN)

    assert [name for name in names(sealed=False) if not any(fnmatch(name, one) for one in decided)] == []


@pytest.mark.parametrize("row", sorted(rows_of(OPEN)))
def test_a_row_of_the_page_stands_for_a_field_that_is_there(row):
    assert any(fnmatch(name, row) for name in names(sealed=False))


def test_no_star_stands_for_a_whole_table_about_people():
    about = {kind.noun for kind in KINDS} - {"audit.event"}

    assert [row for row in rows_of(OPEN) if row.endswith(".*") and row.removesuffix(".*") in about] == []
    assert [row for row in rows_of(OPEN) if re.fullmatch(r"\w+\.\*", row)] == ["config.*"]
