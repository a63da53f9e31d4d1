"""What came of 100,000 cases with 600,000 contacts: the page as it is kept, and counting at night."""

import time

from django.db import transaction

from tests.benchmarks import casework
from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tests.personas import client_of
from tragnetz.core.clock import now
from tragnetz.network.models import Network
from tragnetz.reporting.outcomes.filters import Filters
from tragnetz.reporting.outcomes.summary import renew
from tragnetz.reporting.outcomes.tally import count

PAGE = "/de/arbeit/zahlen/wirkung/"
# Two looks at four domains, a goal, a granted claim, six contacts for each case; texts are never read here.
ROWS = (
    """INSERT INTO casework_rating (id, network_id, case_id, compartment_id, author_id, rated_on, occasion, idempotency_key)
       SELECT gen_random_uuid(), c.network_id, c.id, p.id, c.counsellor_id, c.opened_on + n * 120, 'start', 'bench' || c.id || n
       FROM casework_case c JOIN casework_compartment p ON p.case_id = c.id, generate_series(0, 1) n
       WHERE c.contact_id IN (SELECT contact_id FROM bench)""",
    """INSERT INTO casework_ratingline (id, network_id, rating_id, compartment_id, domain, level, own_level, urgency, strength, need)
       SELECT gen_random_uuid(), r.network_id, r.id, r.compartment_id, d, 1 + (random() * 4)::int, 1 + (random() * 4)::int, '', '', ''
       FROM casework_rating r, unnest(ARRAY['money', 'work', 'home', 'papers']) d WHERE r.idempotency_key LIKE 'bench%'""",
    """INSERT INTO casework_goal (id, network_id, case_id, compartment_id, author_id, what, sign, wish, domain, agreed_on, due_on,
         review_on, state, ended_on)
       SELECT gen_random_uuid(), c.network_id, c.id, p.id, c.counsellor_id, '', '', 'person', 'money', c.opened_on, c.opened_on + 90,
         NULL, 'reached', c.opened_on + 90
       FROM casework_case c JOIN casework_compartment p ON p.case_id = c.id WHERE c.contact_id IN (SELECT contact_id FROM bench)""",
    """INSERT INTO casework_claim (id, network_id, case_id, compartment_id, author_id, benefit, title, office_words, reference,
         more_papers, state, state_on, created_at)
       SELECT gen_random_uuid(), c.network_id, c.id, p.id, c.counsellor_id,
         (ARRAY['wohngeld', 'kinderzuschlag', 'kindergeld'])[1 + (random() * 2)::int], '', '', '', '{}', 'granted', c.opened_on + 40,
         c.opened_on
       FROM casework_case c JOIN casework_compartment p ON p.case_id = c.id WHERE c.contact_id IN (SELECT contact_id FROM bench)""",
    """INSERT INTO casework_claimmove (id, network_id, case_id, compartment_id, claim_id, author_id, state, happened_on, note, rhythm,
         amount, from_on, until_on, idempotency_key, recorded_at)
       SELECT gen_random_uuid(), a.network_id, a.case_id, a.compartment_id, a.id, a.author_id, 'granted', a.state_on, '', 'month',
         (50 + random() * 400)::numeric(9, 2), a.created_at::date, a.created_at::date + 364, 'bench' || a.id, a.created_at
       FROM casework_claim a WHERE a.case_id IN (SELECT id FROM casework_case WHERE contact_id IN (SELECT contact_id FROM bench))""",
    """INSERT INTO casework_casecontact (id, network_id, case_id, compartment_id, author_id, kind, held_on, minutes, participants,
         language, interpreting, idempotency_key, created_at)
       SELECT gen_random_uuid(), c.network_id, c.id, p.id, c.counsellor_id, (ARRAY['office', 'phone', 'home'])[1 + n % 3],
         c.opened_on + n * 20, 45, '{}', 'de', '', 'bench' || c.id || n, c.opened_on + n * 20
       FROM casework_case c JOIN casework_compartment p ON p.case_id = c.id, generate_series(1, 6) n
       WHERE c.contact_id IN (SELECT contact_id FROM bench)""",
)


def outcomes(network: Network) -> None:
    with transaction.atomic():
        with as_owner() as cursor:
            cursor.execute("CREATE TEMP TABLE before ON COMMIT DROP AS SELECT id FROM casework_case")
        casework._many(network)
        with as_owner() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE bench ON COMMIT DROP AS SELECT contact_id FROM casework_case WHERE id NOT IN (TABLE before)"
            )
            for statement in ROWS:
                cursor.execute(statement)
            cursor.execute("ANALYZE")
        begun = time.perf_counter()
        kept = renew(network, now())
        print(
            f"counting {kept} usual summaries at night                  {time.perf_counter() - begun:.1f} s   goal < 60 s"
        )
        staff = client_of("programme")
        for name, address in (("all cases", ""), ("compared by topic", "?nach=thema")):
            assert staff.get(PAGE + address).status_code == 200
            show(
                f"what came of 100,000 cases: {name}",
                milliseconds(lambda _, a=address: staff.get(PAGE + a), 40),
                "p95 < 150 ms",
            )
        year = now().year - 1
        show(
            "counting one quarter anew",
            milliseconds(lambda _: count(network, Filters(year=year, quarter=2, split="bezirk"), now()), 3),
            "when first asked for",
        )
        transaction.set_rollback(True)
