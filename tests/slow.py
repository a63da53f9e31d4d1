"""What `make quick` leaves out, by folder, file or test: each takes real browsers, servers or earlier versions.

`make test`, and with it CI, runs all of it. Whoever changes what one of these is about runs it by its name.
"""

import pytest

SLOW = {
    "tests/journeys": "real browsers",
    "tests/failure": "servers and disks that fail under people who book",
    "tests/races": "server processes that race and are killed",
    "tests/fuzz": "forms filled in at random",
    "tests/api/test_fuzz.py": "requests made at random",
    "tests/config/test_upgrade.py": "an earlier version, installed and upgraded",
    "tests/config/moving": "two PostgreSQL servers, nginx, Caddy",
    "tests/config/test_readers.py": "a standby",
    "tests/config/test_together.py": "whole demos, started and killed",
    "tests/config/test_production.py": "a production site",
    "tests/config/test_demo.py": "demos made anew",
    "tests/config/metrics/test_metrics.py::test_all_workers_of_a_server_count_together": "a server of several processes",
    "tests/config/backup/test_commands.py::test_an_older_backup_gets_the_tables_that_came_since": "all earlier migrations",
    "tests/architecture/test_wheel.py": "wheels, built and installed",
    "tests/architecture/test_supply.py": "lists of parts, made by the tools of a release",
    "tests/architecture/test_all_or_nothing.py": "each form, sent while nothing can be logged",
    "tests/architecture/test_same_as_missing.py": "each page of a record that is not there",
    "tests/architecture/test_foreign_ids.py": "each form and each question, with ids of others",
    "tests/benefits/test_cases.py": "gettsim, case by case",
    "tests/benefits/test_differential.py": "gettsim, a thousand households a year of law",
    "tests/casework/letterreading/test_scanned.py": "letters as pictures",
    "tests/directory/test_hsds.py": "whole directories, in and out",
    "tests/directory/test_hsds_hostile.py": "hostile files",
    "tests/privacy/test_whole_files.py": "160 households, invented and erased",
    "tests/vault/test_stolen.py": "the files of a server",
}


def is_slow(item: pytest.Item) -> bool:
    """Whether a test, its file or a folder around it is in the table."""
    name = item.nodeid.partition("[")[0]
    return any(name == slow or name.startswith((f"{slow}/", f"{slow}::")) for slow in SLOW)
