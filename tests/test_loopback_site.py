"""The site that the benchmarks crawl."""

import gzip
import http.client
import re
from urllib.parse import quote, urlsplit

import lxml.html

from benchmarks.loopback_site import LoopbackSite


def test_the_benchmark_site_answers_every_address_it_names() -> None:
    with LoopbackSite(articles=40) as site:
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=10)

        def get(url: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
            connection.request("GET", quote(f"/{url.removeprefix(site.url)}", safe="/%?="), headers=headers)
            response = connection.getresponse()
            return response, response.read()

        index = re.findall(r"<loc>(.+?)</loc>", get(site.sitemap)[1].decode())
        urls = [url for each in index for url in re.findall(r"<loc>(.+?)</loc>", get(each)[1].decode())]
        assert len(set(urls)) == 40
        page = get(urls[3])[1]
        links = lxml.html.document_fromstring(page.decode()).xpath("//a/@href")
        for url in {*urls, *(each for each in links if each.startswith(site.url))}:
            assert get(url.partition("#")[0])[0].status == 200, url
        zipped, body = get(urls[3], **{"Accept-Encoding": "gzip, deflate"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body) == page
        assert get(urls[3], **{"If-None-Match": zipped.headers["ETag"]})[0].status == 304
        assert get(f"{site.url}nothing/")[0].status == 404
        connection.close()
