"""Options that several commands share."""

import re
from pathlib import Path
from typing import Any

import click

UNITS = {"": 1, "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
DURATION = re.compile(r"^(\d+)\s*([smhdw]?)$")
LONGEST = 100 * 366 * UNITS["d"]

archive = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    envvar="WARRAQ_ARCHIVE",
    show_default=True,
    show_envvar=True,
    help="The archive's folder.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
log_file = click.option(
    "--log-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the log there, 5 MB a file and five older ones beside it.",
)
log_format = click.option(
    "--log-format", type=click.Choice(["text", "json"]), help="Lines of text, or one JSON object a line."
)
quiet = click.option("--quiet", "-q", is_flag=True, help="Print only what needs a person.")


class Duration(click.ParamType[int]):
    """Seconds, or 90s, 30m, 2h, 1d, 4w; gives seconds, a century at the most. A bare number is refused where
    `unit_needed`: who writes 90 may mean days.
    """

    name = "duration"

    def __init__(self, *, unit_needed: bool = False) -> None:
        self._unit_needed = unit_needed

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = DURATION.match(str(value))
        if not found or int(found[1]) == 0 or (self._unit_needed and not found[2]):
            forms = "90s, 30m, 2h, 7d or 4w"
            self.fail(f"{value}: write {forms if self._unit_needed else f'seconds, or {forms}'}", param, ctx)
        return min(int(found[1]) * UNITS[found[2]], LONGEST)
