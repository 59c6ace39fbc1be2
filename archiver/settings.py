"""Scrapy's settings for every crawl; `-s KEY=VALUE` and the options of `warraq crawl` go over them."""

import os

from archiver.store.archive import software

BOT_NAME = "warraq"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ARCHIVE = os.environ.get("WARRAQ_ARCHIVE") or "data"  # Warraq's own: the folder of the archive
CONTACT = None  # Warraq's own: the operator's mail address or page, named in the user agent
USER_AGENT = f"{software()} (news archiver; no contact given)"
BACK_OFF = [5, 30]  # Warraq's own: seconds before the second and the third try of what failed for the moment
SHUTDOWN_GRACE = (
    5.0  # Warraq's own: seconds that requests under way have when a run is stopped before its end
)

# The frontier and the outcomes live in the database.
SCHEDULER = "spiders.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
REDIRECT_ENABLED = True  # for robots.txt alone; the spider's own requests set `dont_redirect`
COOKIES_ENABLED = False  # spiders/cookies.py sends them where a site lets nobody in without
COMPRESSION_ENABLED = False  # what is kept is what came over the wire; the readers unpack it

# Of Scrapy's own parts only these, each list in full: a part that is merely switched off is imported all the same
# (one of them with two more HTTP clients), and what a later Scrapy adds is not let near a site unseen.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}
DOWNLOADER_MIDDLEWARES = {
    "spiders.politeness.OneAtATime": 50,
    "spiders.robots.RobotsMiddleware": 100,
    "spiders.robots.RobotsRedirects": 600,
    "spiders.cookies.GateCookies": 700,
    "pipelines.snapshot.SnapshotMiddleware": 950,
}
DOWNLOAD_HANDLERS_BASE = {
    "http": "spiders.stopping.HandlerThatGivesUp",
    "https": "spiders.stopping.HandlerThatGivesUp",
}
EXTENSIONS_BASE = {
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
EXTENSIONS = {
    "spiders.politeness.Politeness": 0,
    "pipelines.outcomes.OutcomeRecorder": 0,
}
ITEM_PIPELINES = {
    "pipelines.validate.ValidatePipeline": 100,
    "pipelines.deduplicate.DeduplicatePipeline": 200,
    "pipelines.persist.PersistPipeline": 300,
}
TELNETCONSOLE_ENABLED = False  # both consoles execute code, and are not in EXTENSIONS_BASE either
REMOTE_CONTROL_ENABLED = False

# A good guest: one connection a site, a second between requests, more where the server is slow.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Warraq"
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0
AUTOTHROTTLE_MAX_DELAY = 60
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # WARC readers have no zstd, and brotli only by an extra
}

# Bounds of one download.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_FAIL_ON_DATALOSS = False  # of robots.txt; pages say so themselves
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = 20
URLLENGTH_LIMIT = 0
CONCURRENT_ITEMS = 2  # a response gives one item; Scrapy starts as many tasks for each
WARN_ON_GENERATOR_RETURN_VALUE = False  # parses the callback's source for every response

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "pipelines.outcomes.QuietLogFormatter"
STATS_DUMP = False
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 4_096
