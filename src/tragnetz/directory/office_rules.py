"""For whom an office is responsible, and a service is, as people change it: seen through before it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record as audit
from tragnetz.directory.access import must_edit
from tragnetz.directory.circles import gives_anything
from tragnetz.directory.errors import InvalidRecordError
from tragnetz.directory.findings import Told, told
from tragnetz.directory.history import author_of, put
from tragnetz.directory.kept import Shelf, kept_now
from tragnetz.directory.models import Authority, Office, Service
from tragnetz.directory.responsibility import Offices, all_offices, review, review_of_circles
from tragnetz.eligibility.circles import Asking
from tragnetz.eligibility.routes import Post, post_of
from tragnetz.network.actors import Actor

_PRESENT = Shelf[str, list[Told]](most=8)


class Consequence(NamedTuple):
    """What would be wrong with responsibility in the city; `new` if it is not so at present."""

    told: Told
    new: bool


def post_of_draft(office: Office, *, districts: Iterable[str], when: Mapping[str, Any] | None, otherwise: str) -> Post:
    """Return an office as rules, as it would be."""
    return post_of(
        key=str(office.pk), authority=office.authority.key, districts=districts, when=when, otherwise=otherwise
    )


def consequences_of(post: Post, offices: Offices, language: str) -> list[Consequence]:
    """Return what would be wrong in the city if an office were like this: gaps, overlaps, circles; new ones first."""
    now = _present(offices, language)
    known = dict(offices.authorities)
    if post.otherwise and post.otherwise not in known:
        known |= {row.key: row for row in Authority.objects.filter(key=post.otherwise)}
    posts = {
        authority: [post if one.key == post.key else one for one in rows] for authority, rows in offices.posts.items()
    }
    then = told(review(replace(offices, posts=posts, authorities=known), language))
    return sorted((Consequence(one, one not in now) for one in then), key=lambda one: not one.new)


def consequences_of_rule(
    service: Service, rule: Mapping[str, Any] | None, offices: Offices, language: str
) -> list[Consequence]:
    """Return what waits for itself if a service had these prerequisites, as far as it goes through it; new ones first.

    It is told, not refused: it may be so out there, and who describes it must be able to say it.
    """
    now = circles_through(service, offices, language)
    papers = list(service.papers.values_list("key", flat=True))
    draft = Asking(service.key, rule, service.gives, papers)
    then = circles_through(service, offices, language, [draft])
    return sorted((Consequence(one, one not in now) for one in then), key=lambda one: not one.new)


def circles_through(service: Service, offices: Offices, language: str, drafts: Iterable[Asking] = ()) -> list[Told]:
    """Return what waits for itself through a service, as it is, or as services would be (`drafts`)."""
    if not gives_anything(service):  # nobody waits for it
        return []
    found = review_of_circles(offices, language, drafts)
    through = [one for one in found.deadlocks if service.key in {giver for giver, _thing in one.waiting}]
    return told(replace(found, deadlocks=through))


def circles_now(offices: Offices, language: str) -> list[Told]:
    """Return what waits for itself in the city as it is; asked before and after a change it tells what that did."""
    return told(review_of_circles(offices, language))


def _present(offices: Offices, language: str) -> list[Told]:
    """Return what is wrong in the city at present: looked at once for each edition of the directory."""
    kept = kept_now()
    if kept.edition.unfinished is not None:  # it may have changed since within this transaction
        return told(review(offices, language))
    return kept.get(_PRESENT, language, lambda: told(review(offices, language)))


@transaction.atomic
def put_rule(
    *,
    actor: Actor,
    office: Office,
    districts: Iterable[str],
    when: Mapping[str, Any] | None,
    otherwise: str,
    comment: str = "",
    expected: int | None = None,
) -> Office:
    """Change for whom an office is responsible: where, under which rule, and which authority takes the others.

    `expected` is the version that the editor saw. Raises NotAllowedError, ChangedMeanwhileError, InvalidRecordError if
    somebody would be sent round in a circle who is not at present.
    """
    must_edit(actor)
    districts = sorted(districts)
    post = post_of_draft(office, districts=districts, when=when, otherwise=otherwise)
    rounds = [one.told for one in consequences_of(post, all_offices(), "de") if one.new and one.told.serious]
    if rounds:
        raise InvalidRecordError([("otherwise", _("So schickt eine Stelle zur anderen und zurück: %s") % rounds[0])])
    saved = put(
        row=office, changes={"districts": districts, "when": dict(when or {}), "otherwise": otherwise},
        by=author_of(actor), comment=comment, expected=expected,
    )  # fmt: skip
    audit(actor, "office:change", saved)
    return saved
