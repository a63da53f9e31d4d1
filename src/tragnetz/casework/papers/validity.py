"""How old papers may be, read from validity.yaml."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Validity(BaseModel):
    """So many months after its day a paper is still good; where that is from, and whether somebody checked it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    months: int = Field(gt=0)
    source: str
    checked: bool


@cache
def validities() -> dict[str, Validity]:
    """Return for papers, by key, how long they are good; others do not grow old."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {key: Validity.model_validate(given) for key, given in read["papers"].items()}
