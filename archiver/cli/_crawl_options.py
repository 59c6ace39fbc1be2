"""What the options of `warraq crawl` set: Scrapy's settings, and the operator's contact."""

from pathlib import Path
from typing import Any

import click

from archiver import config
from archiver.errors import InputError
from archiver.store.archive import software

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = {".jsonl": "jsonlines", ".json": "json", ".csv": "csv"}


def settings_of(
    pairs: tuple[str, ...],
    contact: str | None,
    delay: float | None,
    concurrency: int | None,
    output: Path | None,
) -> dict[str, Any]:
    """Scrapy's settings, `KEY=VALUE` pairs over all others. Raises `InputError` for what is none."""
    values: dict[str, Any] = {}
    if contact:
        values |= {"CONTACT": contact, "USER_AGENT": f"{software()} (news archiver; +{contact})"}
    if delay is not None:
        values["DOWNLOAD_DELAY"] = delay
        values["AUTOTHROTTLE_ENABLED"] = delay > 0
    if concurrency is not None:
        values["CONCURRENT_REQUESTS_PER_DOMAIN"] = concurrency
        values["AUTOTHROTTLE_TARGET_CONCURRENCY"] = float(concurrency)
    if output is not None:
        format_name = FORMATS.get(output.suffix)
        if format_name is None:
            raise InputError(f"{output}: write to a file that ends in .jsonl, .json or .csv")
        values["FEEDS"] = {str(output): {"format": format_name, "overwrite": True}}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InputError(f"--set {pair}: write KEY=VALUE, as in -s DOWNLOAD_TIMEOUT=30")
        values[name] = value
    _check(values, {pair.partition("=")[0] for pair in pairs})
    return values


def _check(values: dict[str, Any], given: set[str]) -> None:
    """Raises `InputError` where a setting that was given takes a number, and is none."""
    if not given:
        return
    from scrapy.settings import Settings

    known = Settings()
    known.setmodule("archiver.settings", priority="project")
    for name in sorted(given):
        default, value = known.get(name), values[name]
        takes = default if isinstance(default, list) else [default]
        if any(isinstance(each, bool) or not isinstance(each, int | float) for each in takes) or not takes:
            continue
        try:
            numbers = [float(each) for each in value.split(",")]
        except ValueError:
            numbers = []
        if not numbers or min(numbers) < 0 or (len(numbers) > 1 and not isinstance(default, list)):
            raise InputError(f"--set {name}={value}: write a number, as in -s {name}={takes[0]:g}")
    if (level := values.get("LOG_LEVEL")) not in (None, *LEVELS):
        raise InputError(f"--set LOG_LEVEL={level}: write one of {', '.join(LEVELS)}")


def contact_of(given: str | None, *, ask: bool) -> str | None:
    """The operator's contact: given now, kept from before, or asked for once where there is a person."""
    if given:
        config.keep_contact(given)
        return config.checked_contact(given)
    kept = config.contact()
    if kept is None and ask:
        answer = click.prompt(
            "A good guest leaves a card. Your mail address or page, for the sites' operators "
            "(Enter to go without)",
            default="",
            show_default=False,
            err=True,
        )
        if answer.strip():
            kept = config.checked_contact(answer)
            click.echo(f"kept in {config.keep_contact(kept)}", err=True)
    return kept
