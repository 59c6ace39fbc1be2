"""A whole newsroom on loopback, for the tests of the crawl and for `make demo`.

    with Newsroom(articles=60) as newsroom:
        crawl(newsroom.url)
        assert archived == newsroom.expected_articles()

Everything it prints is invented. README.md lists what stands at which address.
"""

from tests.newsroom.server import Newsroom, Request
from tests.newsroom.special import SPECIAL_PATHS
from tests.newsroom.stories import SeeAlso, Truth, identity

__all__ = ["SPECIAL_PATHS", "Newsroom", "Request", "SeeAlso", "Truth", "identity"]
