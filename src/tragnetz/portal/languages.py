"""Of each language of the site: how its texts came about, and who has checked them. From languages.yaml."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_suffix(".yaml")


class Check(BaseModel):
    """Somebody who speaks the language has read all texts of the site; `who` is named as they wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    day: date  # not `on`: YAML reads that as "true"


class Standing(BaseModel):
    """How the texts of a language came about, and who has read them since."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    made: Literal["original", "simplified", "machine"]
    checked: tuple[Check, ...] = ()

    @property
    def is_unchecked_machine(self) -> bool:
        """Whether each page has to say that a computer translated it and nobody has looked."""
        return self.made == "machine" and not self.checked


@cache
def standings() -> Mapping[str, Standing]:
    """Return the standing of each language, by its code in addresses. Raises a ValidationError for a wrong file."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: Standing.model_validate(row) for code, row in rows.items()}


def is_unchecked(code: str) -> bool:
    """Whether pages in a language carry the note; a language without a line carries it."""
    found = standings().get(code)
    return found is None or found.is_unchecked_machine
