"""What a case already knows of a question: a proposal, which a person looks at before it is an answer. Pure."""

from collections.abc import Mapping
from typing import Any

from tragnetz.reporting.lines.line import Answer

# Parental leave, care and illness say nothing here: whether a contract runs on, only the person knows.
_WORK = {
    "unemployed": "unemployed", "employed": "employed", "short_time_work": "employed", "notice_given": "employed",
    "self_employed": "self_employed", "pensioner": "inactive", "student": "inactive", "pupil": "inactive",
}  # fmt: skip
_LEARNS = {"student", "pupil", "training"}
_LIVES_ON = (
    ("grundsicherungsgeld", "sgb2"), ("sgb12", "sgb12"), ("kinderzuschlag", "kiz"), ("wohngeld", "wohngeld"),
    ("alg1", "alg1"),
)  # fmt: skip


def from_case(facts: Mapping[str, Any], *, first: bool) -> dict[str, Answer]:
    """Return what the facts of a household say to the questions of an entry.

    `first`: of the one who asked for help; of others the household's facts say nothing about work.
    What is specially protected (health, minority) is never proposed: only the person answers it.
    """
    found: dict[str, Answer] = {}
    children = facts.get("children")
    if isinstance(children, int) and not isinstance(children, bool):
        found["children"] = children
    benefits = facts.get("benefits") or ()
    lives_on = next((code for benefit, code in _LIVES_ON if benefit in benefits), "")
    if lives_on:
        found["benefit"] = lives_on
    if not first:
        return found
    employment = _WORK.get(str(facts.get("employment", "")))
    if employment:
        found["employment"] = employment
    if facts.get("employment") in _LEARNS:
        found["in_training"] = "yes"
    if employment == "unemployed" and isinstance(facts.get("unemployed_months"), int):
        found["unemployed_months"] = facts["unemployed_months"]
    if isinstance(facts.get("single_parent"), bool):
        found["single_parent"] = "yes" if facts["single_parent"] else "no"
    if facts.get("vocational_degree") is False:
        found["vocational"] = "none"
    return found | _origin(facts)


def _origin(facts: Mapping[str, Any]) -> dict[str, Answer]:
    residence = facts.get("residence")
    if residence in {"permit", "asylum", "tolerated"}:
        return {"third_country": "yes", "foreign_background": "yes"}
    if residence == "eu":
        return {"third_country": "no", "foreign_background": "yes"}
    return {"third_country": "no"} if residence == "german" else {}
