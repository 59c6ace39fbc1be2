"""What `tests.command` has imported before it forks: all of Warraq, and what SQLAlchemy and Scrapy load by name.

Not the reactor: it opens files that forked processes must not share.
"""

import importlib
import pkgutil
import sys

import archiver.cli
import pipelines
import spiders

NAMED = """alembic.command alembic.autogenerate alembic.ddl.postgresql mako.template numpy.random
    scrapy.core.downloader.handlers.http11 scrapy.core.engine scrapy.core.scraper scrapy.crawler
    scrapy.downloadermiddlewares.defaultheaders scrapy.downloadermiddlewares.downloadtimeout
    scrapy.downloadermiddlewares.httpproxy scrapy.downloadermiddlewares.robotstxt scrapy.downloadermiddlewares.useragent
    scrapy.extensions.feedexport scrapy.extensions.memusage scrapy.extensions.throttle scrapy.logformatter
    scrapy.spidermiddlewares.referer scrapy.statscollectors"""

for package in (archiver.cli, pipelines, spiders):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
for name in NAMED.split():
    importlib.import_module(name)
assert "twisted.internet.reactor" not in sys.modules
