"""gettsim, read once by each worker."""

import pytest

from tests.benefits.engine import running


@pytest.fixture(scope="package")
def engine():
    """The compiler's program, until the worker has no test of these left."""
    with running() as started:
        yield started
