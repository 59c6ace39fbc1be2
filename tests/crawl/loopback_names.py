"""Every host name is this machine: for sites that stand under several names."""

from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed


class LoopbackResolver(CachingThreadedResolver):
    """Given to a crawl as `-s DNS_RESOLVER=…`."""

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        return succeed("127.0.0.1")
