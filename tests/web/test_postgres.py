"""The reading room over an archive whose rows are in PostgreSQL: every page, on a real server."""

import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archiver.store.database import VARIABLE
from archiver.web.app import create_app
from tests import postgres
from tests.web.conftest import keep

FIRST = """<meta property="article:published_time" content="2025-03-01T09:00:00+02:00"><article><h1>الميناء يستقبل أول سفينة</h1>
<p>استقبل الميناء صباح اليوم أول سفينة في هذا العام، وقال مديره إن الأرصفة جاهزة وإن العمل يمضي كما خطط له.</p>
<p>وأضاف أن السفينة تحمل قمحا وأدوية، وأن تفريغها يحتاج يومين إذا بقي البحر هادئا كما هو الآن.</p>{more}</article>"""
SEE_ALSO = '<h3>شاهد أيضاً</h3><ul><li><a href="/first">الميناء يستقبل أول سفينة هذا العام</a></li></ul>'


def test_every_page_on_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with postgres.server(port) as database:
        monkeypatch.setenv(VARIABLE, database)
        snapshot, first = keep(tmp_path, "https://example.ly/first", FIRST.format(more="").encode())
        _, second = keep(tmp_path, "https://example.ly/second", FIRST.format(more=SEE_ALSO).encode())
        edited = FIRST.replace("يومين", "ثلاثة أيام").format(more="")
        keep(tmp_path, "https://example.ly/first", edited.encode())
        with TestClient(create_app(tmp_path), base_url="http://localhost") as client:
            said = {
                path: client.get(path)
                for path in (
                    "/",
                    "/search?q=الميناء",
                    "/search?site=example.ly&from=2025-03-01&to=2025-03-31",
                    f"/article/{first}",
                    f"/article/{first}?version=1",
                    f"/article/{first}/diff?older=1&newer=2",
                    "/article?url=https://example.ly/second",
                    "/site/example.ly",
                    "/graph",
                    f"/graph?article={first}",
                    "/graph?site=example.ly",
                    f"/snapshot/{snapshot}",
                    f"/snapshot/{snapshot}/page",
                )
            }
        assert {path: answer.status_code for path, answer in said.items()} == dict.fromkeys(said, 200)
        assert f'href="/article/{first}"' in said[f"/graph?article={first}"].text
        assert f'href="/article/{second}"' in said[f"/article/{first}"].text
        assert "<ins>ثلاثة أيام</ins>" in said[f"/article/{first}/diff?older=1&newer=2"].text
        assert "from=2025-03-01&amp;to=2025-03-31" in said["/site/example.ly"].text
