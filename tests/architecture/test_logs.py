"""Nothing that people tell us reaches the logs while every persona opens every page. More of it: tests/config/logs."""

import pytest

from tests.architecture.test_matrix import PERSONAS
from tests.config.logs.catching import leaks


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_everybody_leave_no_word_of_people(walked, persona):
    logged = walked(persona).logged

    assert len(logged) > 200
    assert leaks(logged) == []
