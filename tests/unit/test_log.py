"""The log of unattended runs: bounded, a line an event, and no page's words at a line's beginning."""

import json
import logging
import subprocess
import sys
from pathlib import Path

WRITE = """
import logging, sys
from pathlib import Path
from archiver.cli import _log
_log.MAX_BYTES = 2_000
_log.write_log(Path(sys.argv[1]), sys.argv[2], quiet=False)
for number in range(200):
    _log.log.info("example.ly: %s", "خبر", extra=_log.facts(site="example.ly", number=number))
logging.getLogger("scrapy.core.engine").info("chatter")
try:
    raise ValueError("سطر\\n2026-01-01 INFO warraq: forged")
except ValueError:
    logging.getLogger("spiders").exception("a defect\\n2026-01-01 INFO warraq: forged")
"""


def written(file: Path, form: str) -> list[str]:
    subprocess.run([sys.executable, "-c", WRITE, str(file), form], check=True)
    return file.read_text("utf-8").splitlines()


def test_the_log_turns_over_and_keeps_five_older_files(tmp_path: Path) -> None:
    written(tmp_path / "logs" / "warraq.log", "text")
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["warraq.log", *(f"warraq.log.{n}" for n in range(1, 6))]
    assert all(path.stat().st_size <= 2_500 for path in (tmp_path / "logs").iterdir())


def test_a_line_of_json_has_its_facts(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in written(tmp_path / "warraq.log", "json")]
    assert [line["number"] for line in lines if "number" in line][-1] == 199
    assert lines[-1]["level"] == logging.getLevelName(logging.ERROR)
    assert "forged" in lines[-1]["message"]
    assert "ValueError: سطر" in lines[-1]["exception"]
    assert not [line for line in lines if line["message"] == "chatter"]


def test_no_words_of_a_page_begin_a_line_of_text(tmp_path: Path) -> None:
    lines = written(tmp_path / "warraq.log", "text")
    assert not [line for line in lines if line.startswith("2026-01-01")]
    assert [line for line in lines if line.startswith("    2026-01-01 INFO warraq: forged")]
