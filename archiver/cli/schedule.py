"""`warraq schedule`: lines for cron or systemd that keep an archive up to date."""

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from archiver import config
from archiver.cli import _options
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.database import Database

HOUR, DAY = 3_600, 86_400
LOG = Path("logs") / "warraq.log"
UNIT = "warraq"
SUCCESS = "4 75"  # nothing new; another run is at it
TOO_PLAIN = re.compile(r"[\x00-\x1f\x7f]")  # neither a crontab nor a unit has a way to write these


class EvenDuration(_options.Duration):
    """A duration that cron and systemd can repeat: it goes into an hour or a day evenly. Raises `InputError` that says
    what was written.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        every = super().convert(value, param, ctx)
        if not (_divides(every, 60, HOUR) or _divides(every, HOUR, DAY) or every == DAY):
            raise InputError(
                f"--every {value}: write minutes that go into an hour (5m, 10m, 15m, 20m, 30m), hours that go into a "
                "day (1h, 2h, 3h, 4h, 6h, 8h, 12h), or 1d"
            )
        return every


@click.command()
@_options.archive
@click.option("--print-crontab", "form", flag_value="crontab", help="A line for `crontab -e`.")
@click.option(
    "--print-systemd", "form", flag_value="systemd", help="A service and a timer, for a user's systemd."
)
@click.option(
    "--every",
    type=EvenDuration(),
    default="30m",
    show_default=True,
    help="How often what is due is looked for.",
)
@click.option(
    "--max-runtime",
    type=_options.Duration(),
    help="How long a run may take; unless given, until just before the next.",
)
def command(archive: Path, form: str | None, every: int, max_runtime: int | None) -> None:
    """Print what cron or systemd needs to crawl every site of the archive when its time has come.

    Which site is due when is told by schedule.toml: see docs/incremental.md.
    """
    if form is None:
        raise InputError("write `warraq schedule --print-crontab` or `warraq schedule --print-systemd`")
    words = crawl_words(archive, max_runtime or max(60, every * 9 // 10))
    click.echo(
        crontab(words, every) if form == "crontab" else systemd(words, every, archive.absolute()), nl=False
    )
    if (lacking := _nothing_to_crawl(archive)) is not None:
        click.echo(f"warraq: {archive}: {lacking}", err=True)


def _nothing_to_crawl(folder: Path) -> str | None:
    """Why what is printed will end with exit code 2, and the way out; None where the folder holds an archive."""
    if not Archive.may_be_in(folder):
        return (
            "no archive here; until there is one, what is printed ends with exit code 2: "
            f"{Archive.way_out(folder)}"
        )
    if Database.of(folder).is_export():
        return (
            "an export, to be read only: what is printed ends with exit code 2; give the archive that it is of, "
            "with --archive"
        )
    return None


def crawl_words(archive: Path, max_runtime: int) -> list[str]:
    """The command as absolute words: this interpreter, this archive, and the contact as it is known here."""
    folder = archive.absolute()
    words = [
        sys.executable, "-m", "archiver.cli", "crawl", "--due", "--quiet", "--max-runtime", f"{max_runtime}s",
        "--archive", str(folder), "--log-file", str(folder / LOG),
    ]  # fmt: skip
    contact = config.contact()
    words += ["--contact", contact] if contact else []
    for word in words:
        if TOO_PLAIN.search(word):
            raise InputError(f"{word!r}: a path with control characters cannot stand in a crontab or a unit")
    return words


def crontab(words: list[str], every: int) -> str:
    """One line for `crontab -e`; cron takes an unescaped % for the end of the line."""
    line = shlex.join(words).replace("%", r"\%")
    return f"# Warraq: crawls what is due; mails only what needs a person\n{_cron_times(every)} {line}\n"


def systemd(words: list[str], every: int, folder: Path) -> str:
    """A service and its timer, each under the name of its file."""
    command = " ".join(_systemd_word(word) for word in words)
    return f"""# ~/.config/systemd/user/{UNIT}.service
[Unit]
Description=Warraq crawls what is due into {_systemd_text(str(folder))}
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
SuccessExitStatus={SUCCESS}
Nice=10

# ~/.config/systemd/user/{UNIT}.timer
# then: systemctl --user daemon-reload && systemctl --user enable --now {UNIT}.timer && loginctl enable-linger
[Unit]
Description=Warraq, when its time has come

[Timer]
OnCalendar={_calendar(every)}
RandomizedDelaySec={min(60, every // 10)}
Persistent=true

[Install]
WantedBy=timers.target
"""


def _cron_times(every: int) -> str:
    """Of an `EvenDuration`."""
    minutes, hours = every // 60, every // HOUR
    if _divides(every, 60, HOUR):
        return f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    if _divides(every, HOUR, DAY):
        return f"0 */{hours} * * *" if hours > 1 else "0 * * * *"
    return "0 3 * * *"


def _calendar(every: int) -> str:
    """Of an `EvenDuration`."""
    minutes, hours = every // 60, every // HOUR
    if _divides(every, 60, HOUR):
        return f"*:0/{minutes}"
    if _divides(every, HOUR, DAY):
        return f"0/{hours}:00"
    return "03:00"


def _divides(every: int, unit: int, whole: int) -> bool:
    """Whether it is a number of units, less than the whole, that goes into the whole evenly."""
    return every % unit == 0 and every < whole and whole % every == 0


def _systemd_word(word: str) -> str:
    """A word of ExecStart: quoted, with neither specifiers nor variables in it."""
    return '"' + _systemd_text(word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")) + '"'


def _systemd_text(text: str) -> str:
    return text.replace("%", "%%")
