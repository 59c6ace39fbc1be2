"""The newsroom as its tests find it."""

from collections.abc import Iterator

import pytest

from tests.newsroom import Newsroom
from tests.newsroom.reading import NOW, Client


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=NOW) as newsroom:
        yield newsroom


@pytest.fixture
def fresh() -> Iterator[Newsroom]:
    """A newsroom that the test may change."""
    with Newsroom(now=NOW) as newsroom:
        yield newsroom


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    name = "fresh" if "fresh" in request.fixturenames else "newsroom"
    client = Client(request.getfixturevalue(name))
    yield client
    client.close()
