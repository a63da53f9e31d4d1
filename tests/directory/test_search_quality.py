"""The fixed queries find what they should, better than PostgreSQL's own full text; everyday words lead somewhere."""

from datetime import date

from tests.benchmarks.search_quality import measure, queries
from tragnetz.directory.everyday import meant
from tragnetz.directory.kept import kept_now
from tragnetz.directory.queries import services
from tragnetz.directory.search import Offer, find

DAY = date(2026, 11, 24)


def test_fixed_queries_find_their_services_better_than_plain_full_text(herne):
    scores = measure(DAY)

    for part in ("all", "seen while tuning", "held out"):
        ours, plain = scores[part]["ours"], scores[part]["plain_any"]
        assert ours.recall > plain.recall
        assert ours.mrr > plain.mrr
        assert ours.recall >= 0.95
        assert ours.mrr >= 0.88
    assert min(found["ours"].recall for found in scores.values()) >= 0.8


def test_fixed_queries_name_services_that_are_there(herne):
    known = set(services(DAY).values_list("key", flat=True))

    assert {key for query in queries() for key in query.expected} <= known
    assert len(queries()) >= 200


def test_every_meaning_of_an_everyday_word_leads_to_a_service(herne):
    kept = kept_now()

    lost = [phrase for phrase in sorted(meant()) if not find(phrase, Offer(DAY), kept, limit=1)[0].words]

    assert lost == []
