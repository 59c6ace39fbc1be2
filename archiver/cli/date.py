"""`warraq date`: what a printed date means, and how it was read."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import click

from archiver.arabic.dates import ParsedDate, parse_date


class Moment(click.ParamType[datetime]):
    """An ISO 8601 date or time; one without a zone stays without."""

    name = "iso"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an ISO 8601 time, such as 2024-03-10T15:00:00+02:00", param, ctx)


@click.command("date")
@click.argument("text")
@click.option("--now", type=Moment(), help="The moment the page was fetched; the present if not given.")
@click.option("--locale", help="The page's locale, such as ar-DZ.")
@click.option("--tz", help="The zone of a clock that prints none, such as Africa/Cairo.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(
    ctx: click.Context, text: str, now: datetime | None, locale: str | None, tz: str | None, as_json: bool
) -> None:
    """Read TEXT as a date an Arabic site prints, and show how it was read."""
    try:
        parsed = parse_date(text, now=now or datetime.now(UTC), locale=locale, tz=tz)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.BadParameter(f"{tz!r} is no zone of the IANA database", param_hint="--tz") from None
    if parsed is None:
        click.echo(f"no date in: {text}", err=True)
        ctx.exit(1)
    click.echo(json.dumps(_plain(parsed), ensure_ascii=False) if as_json else _lines(parsed))


def _plain(parsed: ParsedDate) -> dict[str, object]:
    """The reading as JSON values; absent ones are null."""
    return {
        "value": parsed.isoformat(),
        "precision": parsed.precision,
        "calendar": parsed.calendar,
        "system": parsed.system,
        "zone": parsed.zone,
        "role": parsed.role,
        "modified": parsed.modified.isoformat() if parsed.modified else None,
        "warnings": [{"code": warning.code, "detail": warning.detail} for warning in parsed.warnings],
        "how": list(parsed.how),
    }


def _lines(parsed: ParsedDate) -> str:
    """The reading as one line a fact, absent ones left out."""
    shown = {**_plain(parsed), "how": "; ".join(parsed.how)}
    warnings = "; ".join(f"{warning.code}: {warning.detail}" for warning in parsed.warnings)
    shown["warnings"] = warnings
    return "\n".join(f"{name:<10} {value}" for name, value in shown.items() if value)
