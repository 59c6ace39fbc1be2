"""What Warraq's speed is measured against: a Scrapy spider that downloads every page and keeps nothing.

python benchmarks/bare_spider.py SITEMAP CONNECTIONS
"""

import sys
from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import TextResponse


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        yield scrapy.Request(sys.argv[1], callback=self.listed)

    def listed(self, response: TextResponse) -> Iterator[scrapy.Request]:
        is_index = "sitemapindex" in response.text[:500]
        for url in response.xpath("//*[local-name()='loc']/text()").getall():
            yield scrapy.Request(url, callback=self.listed if is_index else self.page)

    def page(self, response: TextResponse) -> None:
        self.crawler.stats.inc_value("pages")  # type: ignore[union-attr]

    def closed(self, reason: str) -> None:
        print(self.crawler.stats.get_value("pages"))  # type: ignore[union-attr]


process = AsyncCrawlerProcess(
    {
        "CONCURRENT_REQUESTS": int(sys.argv[2]),
        "CONCURRENT_REQUESTS_PER_DOMAIN": int(sys.argv[2]),
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
    }
)
process.crawl(Bare)
process.start()
