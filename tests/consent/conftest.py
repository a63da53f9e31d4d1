"""A counsellor with a case, and a partner organisation."""

import pytest

from tests.allowed import make_case
from tests.factories import make_actor


@pytest.fixture
def bea(network):
    return make_actor(network, "beta", "lead", name="Bea")


@pytest.fixture
def case(network, ada):
    return make_case(network, ada)
