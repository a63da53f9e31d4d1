"""Look for a name among the entries of one organisation."""

import uuid
from functools import reduce
from operator import add
from typing import TypedDict

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django_stubs_ext import WithAnnotations

from tragnetz.clients.names.models import NameEntry
from tragnetz.clients.names.rules import Match, asked
from tragnetz.clients.names.tokens import tokens_for

RANKS = {Match.EXACT: 0, Match.PREFIX: 1, Match.SOUND: 2}


class Ranks(TypedDict):
    """What a search adds to an entry."""

    rank: int
    total: int


type RankedEntry = WithAnnotations[NameEntry, Ranks]


def entries_like(typed: str, organisation_id: uuid.UUID) -> QuerySet[RankedEntry]:
    """Return the entries of an organisation in which each typed word is found, annotated with how well.

    `rank` is the worst of a name's words (0 exact, 1 first letters, 2 sound), `total` the sum. Nothing is found when
    nothing of two letters was typed.
    """
    rows = NameEntry.objects.filter(organisation=organisation_id)
    ranks: list[Combinable] = []
    for word in asked(typed):
        tokens = {match: tokens_for(parts, organisation_id) for match, parts in word.items()}
        rows = rows.filter(tokens__overlap=[token for found in tokens.values() for token in found])
        whens = [When(tokens__overlap=tokens[match], then=Value(RANKS[match])) for match in RANKS if tokens[match]]
        ranks.append(Case(*whens, default=Value(RANKS[Match.SOUND]), output_field=IntegerField()))
    if not ranks:
        return rows.annotate(rank=Value(0), total=Value(0)).none()
    worst = Greatest(*ranks) if len(ranks) > 1 else ranks[0]
    return rows.annotate(rank=worst, total=reduce(add, ranks))


def match_of(rank: int) -> Match:
    """Return in words how well a name was found."""
    return next(match for match, number in RANKS.items() if number == rank)


def at_most(worst: Match) -> Q:
    """Return the condition that a name was found at least so well."""
    return Q(rank__lte=RANKS[worst])
