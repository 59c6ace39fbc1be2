"""Cookies, for a site that lets nobody in without: kept for one site and one run, never on disk.

Any other site is asked without them, so that no meter counts what an archive reads. What was sent
stands in the WARC's request record like every header.
"""

from collections import defaultdict
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from archiver.progress import SiteCrawl

MOST_TRIES = 3  # redirects in a circle that set a cookie, before they are a circle indeed


class GateCookies:
    """A downloader middleware above the snapshots: takes the cookies that a site gives, sends them where it asks
    for it (`SiteCrawl.gate_tries`). Scrapy's own would fetch a list of public suffixes from the network first; a
    jar for each site needs none.
    """

    def __init__(self) -> None:
        self._jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_request(self, request: Request) -> None:
        site: SiteCrawl | None = request.meta.get("site")
        if site is not None and site.gate_tries:
            self._jars[site.name].add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        site: SiteCrawl | None = request.meta.get("site")
        if site is not None and sets_cookie(response):
            self._jars[site.name].extract_cookies(response, request)
        return response

    def holds(self, site: SiteCrawl) -> bool:
        """Whether the site has given a cookie."""
        return site.name in self._jars


def sends_cookie(response: Response) -> bool:
    """Whether what a response answers to was asked for with a cookie."""
    return response.request is not None and b"Cookie" in response.request.headers


def sets_cookie(response: Response) -> bool:
    return b"Set-Cookie" in response.headers
