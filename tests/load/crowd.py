"""Let people loose on a site: locust with `people.py`, in an environment of its own."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.words import WORDS
from tragnetz.demo.own import CODE
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.models import Hotline, Membership, Programme

HERE = Path(__file__).resolve().parent
LOCUST = HERE.parent.parent / "var" / "load" / "venv" / "bin" / "locust"
ROLES = ("intake", "counsellor", "programme")


@dataclass(frozen=True)
class Plan:
    """How many people, and how long they think between two pages (seconds)."""

    users: int
    think: tuple[float, float]
    desks: int = 3
    counsellors: int = 10
    managers: int = 2
    accompanied: int = 2
    cancelled: float = 0.6


class Crowd:
    """People at work; ends by itself after `minutes`, or by `end`. Call inside the network's scope."""

    def __init__(self, site: str, folder: Path, plan: Plan, minutes: float) -> None:
        self.answers, self.promises = folder / "answers.jsonl", folder / "promises.jsonl"
        for file in (self.answers, self.promises):
            file.write_text("")
        told = folder / "people.json"
        told.write_text(json.dumps(self._told(plan)), encoding="utf-8")
        command = [
            str(LOCUST), "-f", str(HERE / "people.py"), "--headless", "--users", str(plan.users), "--spawn-rate", "2",
            "--run-time", f"{int(minutes * 60)}s", "--host", site, "--only-summary", "--stop-timeout", "30",
            "--exit-code-on-error", "0", "--loglevel", "WARNING",
        ]  # fmt: skip
        log = (folder / "locust.log").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            command, env=os.environ | {"TRAGNETZ_LOAD": str(told)}, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()

    def _told(self, plan: Plan) -> dict[str, Any]:
        members = list(Membership.objects.filter(ended_on=None).select_related("user").order_by("user__email"))
        return {
            "answers": str(self.answers), "promises": str(self.promises), "think": plan.think, "words": WORDS,
            "staff": {role: [row.user.email for row in members if role in row.roles] for role in ROLES},
            "password": PASSWORD, "code": CODE, "today": date.today().isoformat(),  # noqa: DTZ011 -- as staff write it
            "phones": list(Hotline.objects.values_list("phone", flat=True)), "cancelled": plan.cancelled,
            "desks": plan.desks, "counsellors": plan.counsellors, "managers": plan.managers,
            "accompanied": plan.accompanied, "report": _report(),
        }  # fmt: skip

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(self.process.pid)] if self.process.poll() is None else []

    def end(self) -> None:
        """Let everybody finish what they do, then go."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(120)


def _report() -> str:
    """Return the address of a report of the last year of the project that runs longest, up to yesterday."""
    day = date.today() - timedelta(days=1)  # noqa: DTZ011 -- as above
    programme = Programme.objects.exclude(line="").order_by("starts").filter(ends__gte=day).first()
    assert programme is not None
    first = max(programme.starts, day - timedelta(days=365))
    return f"/de/arbeit/zahlen/stichtage/bericht/?projekt={programme.key}&von={first}&bis={day}&key={'a' * 32}"


def rows(file: Path) -> list[dict[str, Any]]:
    """Return what the crowd wrote so far."""
    return list(_whole(file.read_text(encoding="utf-8").splitlines()))


def _whole(lines: Iterable[str]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            yield json.loads(line)
        except json.JSONDecodeError:  # the last one is being written
            return
