"""Whom and what tests of the directory's records start with."""

import pytest

from tests.factories import make_actor
from tragnetz.network.models import Organisation


@pytest.fixture
def editor(herne):
    return make_actor(herne, "caritas", "catalogue", name="Nils")


@pytest.fixture
def city(herne):
    return Organisation.objects.get(key="stadt-herne")
