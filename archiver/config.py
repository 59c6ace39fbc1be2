"""What is asked once and kept: the operator's contact, named in the user agent of every request."""

import json
import os
from pathlib import Path

import click

from archiver.errors import InputError

VARIABLE = "WARRAQ_CONTACT"


def contact() -> str | None:
    """The operator's mail address or page: from the environment, else as it was kept."""
    if value := os.environ.get(VARIABLE, "").strip():
        return checked_contact(value)
    try:
        kept = json.loads(_file().read_text("utf-8")).get("contact")
    except (OSError, ValueError, AttributeError):
        return None
    return str(kept) if kept else None


def keep_contact(value: str) -> Path:
    """Keeps the contact for every later run; gives the file it is in."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"contact": checked_contact(value)}, ensure_ascii=False) + "\n", "utf-8")
    return file


def checked_contact(value: str) -> str:
    """Raises `InputError` for what cannot stand in a header or is neither mail address nor page."""
    text = value.strip()
    if not text.isascii() or not text.isprintable() or " " in text or ("@" not in text and "://" not in text):
        raise InputError(
            f"contact {value!r}: give a mail address or the address of a page about your project"
        )
    return text


def _file() -> Path:
    return Path(click.get_app_dir("warraq")) / "config.json"
