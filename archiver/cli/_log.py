"""The log of unattended runs: a file that turns over by size, in lines of text or of JSON."""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

MAX_BYTES = 5_000_000  # of one file
KEPT = 5  # older files beside it: warraq.log.1 and so on
OURS = "warraq"

log = logging.getLogger(OURS)
"""What a run tells of itself; `facts` are the keys of a JSON line, beside the message for people."""


def facts(**values: Any) -> dict[str, Any]:
    """For `log.info(…, extra=facts(site=…))`."""
    return {"facts": values}


def write_log(file: Path | None, form: str | None, *, quiet: bool) -> dict[str, Any]:
    """From now on the log goes to the file, else to standard error. Raises `OSError` where it cannot.

    Gives the settings that keep Scrapy from saying the same on standard error too.
    """
    if file is None:
        handler: logging.Handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING if quiet else logging.INFO)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(_Json() if form == "json" else _Text())
    handler.addFilter(lambda record: record.levelno >= logging.WARNING or record.name == OURS)
    log.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    return {"LOG_LEVEL": "ERROR"} if file else {"LOG_ENABLED": False}


def keep_no_log() -> None:
    """What needs a person is printed anyway, once; it is not said by a log nobody asked for too."""
    log.addHandler(logging.NullHandler())
    log.propagate = False


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Text(logging.Formatter):
    """One line an event; what has several, as a traceback, is indented, so that no page's words begin a line."""

    def format(self, record: logging.LogRecord) -> str:
        text = f"{_moment(record)} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return "\n    ".join(text.splitlines())


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
