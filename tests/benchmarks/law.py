"""The benefit engine beside gettsim, and the check that stands on it."""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measure import milliseconds, show
from tests.benefits.engine import running
from tests.benefits.households import copies, family
from tragnetz.benefits.check import check
from tragnetz.benefits.curve import curve
from tragnetz.benefits.household import read_household
from tragnetz.benefits.library import laws
from tragnetz.benefits.rules.book import read_book
from tragnetz.benefits.whatif import SEARCHED, compare, thresholds
from tragnetz.screening.completion import ASKED, complete, judge, next_question

ROOT = Path(__file__).resolve().parent.parent.parent
ASKING = int(os.environ.get("TRAGNETZ_ASKING", "100"))  # 1000 takes eight minutes


def benefits() -> None:
    """The benefit engine beside gettsim, measured in the same run."""
    folder = ROOT / "var" / "law"
    program = (
        "import time; begun = time.perf_counter(); from pathlib import Path; from tests.benefits.households import family;"
        "from tragnetz.benefits.library import laws; law = laws(Path('var/law'))[-1]; law.evaluate(family(law, 2800.0));"
        "print(time.perf_counter() - begun)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    law = laws(folder)[-1]
    with running() as engine:
        beside = engine("compare", law.date.isoformat(), "--households", "200", "--time-one")
    one = family(law, 2800.0)
    show(
        f"one household, {len(law.targets)} targets; gettsim {beside['gettsim_one_s']:.1f} s",
        milliseconds(lambda _: law.evaluate(one), 200),
        "p50 <= 5 ms, identical",
    )
    print(f"{'  difference to gettsim on 200 households':<52} {beside['worst']:.0f}   goal 0")
    curve = copies(one, 200)
    curve["einnahmen__bruttolohn_m"][::4] = range(0, 6000, 30)
    show("what-if curve, 200 wages", milliseconds(lambda _: law.evaluate(curve), 30), "<= 25 ms")
    print(f"{'new process until its first check is answered':<52} {float(done.stdout):.2f} s   goal <= 2 s, no gettsim")
    checks()
    many = copies(one, 100_000)
    begun = time.perf_counter()
    law.evaluate(many)
    print(f"{'100,000 households':<52} {time.perf_counter() - begun:.1f} s   goal <= 2 s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'  most memory of the whole measuring process':<52} {peak:.1f} GB   goal <= 2 GB")


def checks() -> None:
    """The check with all rules and reasons, and what stands on it."""
    law = laws(ROOT / "var" / "law")[-1]
    book = read_book(ROOT / "cities" / "catalogue" / "nrw" / "rules")
    household = read_household({
        "persons": [
            {"id": "anna", "role": "self", "age": 38, "wage_m": 2800, "hours_w": 30, "assets": 3000},
            {"id": "ben", "role": "partner", "age": 36, "wage_m": 0, "assets": 1000},
            {"id": "cem", "role": "child", "age": 9}, {"id": "dilan", "role": "child", "age": 4},
        ],
        "married": True, "housing": {"cold_rent_m": 780, "heating_m": 140, "size_m2": 85, "rent_level": 2},
    })  # fmt: skip
    on = law.date
    rules = len(book.rules)
    run = milliseconds(lambda _: check(household, law, on, book), 100)
    show(f"one household with {rules} rules and all reasons", run, "p50 <= 5 ms")
    show(
        "curve of 200 wages with rules", milliseconds(lambda _: curve(household, "anna", law, on, book), 20), "<= 25 ms"
    )
    show("ten scenarios", milliseconds(lambda _: compare(household, law, on, book), 20), "none")
    show(
        "thresholds over wage and rent",
        milliseconds(lambda _: thresholds(household, law, on, book, SEARCHED), 5),
        "none",
    )

    def step(number: int) -> None:
        facts = {"age": 30 + number, "children": 2}
        next_question(judge(complete(facts), 2, law, on, book), facts)

    show("next question from 160 drawn households", milliseconds(step, 10), "none")
    drawn = complete({}, samples=ASKING, seed=99)
    final = judge(drawn, 2, law, on, book)
    found = {name: [] for name in ("adaptive", "fixed")}
    for row, answers in enumerate(drawn):
        for name, asked in found.items():
            asked.append(questions_until_settled(answers, final.has[row], row, law, book, adaptive=name == "adaptive"))
    means = {name: statistics.mean(asked) for name, asked in found.items()}
    print(
        f"{f'questions until 90 % of verdicts are settled, {ASKING}':<52} "
        f"{means['adaptive']:.1f}   beside {means['fixed']:.1f} in a fixed order"
    )


def questions_until_settled(answers, final, seed, law, book, *, adaptive: bool) -> int:
    """Return how many answers it takes until nine of ten verdicts are sure and right."""
    facts: dict = {}
    for asked in range(len(ASKED)):
        judged = judge(complete(facts, samples=96, seed=seed), 2, law, law.date, book)
        share = judged.has.mean(axis=0)
        sure = ((share >= 0.9) | (share <= 0.1)) & ((share > 0.5) == final)
        if sure.mean() >= 0.9:
            return asked
        name = next_question(judged, facts) if adaptive else None
        name = name or next(one for one in ASKED if one not in facts)
        facts[name] = answers[name]
    return len(ASKED)
