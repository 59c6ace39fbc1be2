"""The `warraq` command: one file a command in this folder, imported when it is called.

A command's module defines `command`, a `click.Command`; `new_site.py` is `warraq new-site`.
"""

import errno
import gc
import importlib
import os
import pkgutil
import sys
from typing import Any

import click

from archiver.errors import WarraqError

COLLECT_AFTER = 50_000
"""Objects more than are let go, before cycles are looked for: imports make tens of thousands that stay, and what a page
leaves behind is nearly all without cycles."""


DAMAGED = ("malformed", "is not a database", "Could not decode")
IS_DAMAGED = (
    "its file is damaged, the WARC files are not. Restore it from a backup, or move archive.db away and run "
    "`warraq reparse`, which builds it anew from the WARC files"
)
IS_HELD = (
    "nothing archived is harmed. If another program holds it, wait for that one; if the disk is full or read-only, "
    "mend that; then run again"
)


class CommandsOfThisFolder(click.Group):
    """Finds its commands by file name, and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=CommandsOfThisFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="warraq", message="%(prog)s %(version)s")
def warraq() -> None:
    """Warraq archives Arabic news: give it a site, it keeps every article.

    Exit codes: 0 done, 1 failed, 2 usage, 3 some sites failed, 4 nothing new (only when asked) or
    nothing yet of what was asked for, 75 another run holds the archive.

    Environment: WARRAQ_ARCHIVE is the archive's folder where no --archive is given, WARRAQ_CONTACT the contact that
    the user agent names.
    """


def _open_streams() -> None:
    """Opens to nothing what was closed by whoever started us, as some daemons do: its number would go to a file."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            opened = os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


def main(argv: list[str] | None = None) -> Any:
    """Runs the command line; a `WarraqError` is one line on stderr and its own exit code."""
    gc.set_threshold(COLLECT_AFTER)
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(warraq.main(argv, prog_name="warraq", standalone_mode=True))
    except WarraqError as error:
        click.echo(f"warraq: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno == errno.EPIPE:  # `warraq … | head`
            sys.exit(0)
        click.echo(
            f"warraq: {error.filename or 'the archive'}: {error.strerror or error}; nothing archived is harmed",
            err=True,
        )
        sys.exit(1)
    except Exception as error:
        reason = _database_reason(error)
        if reason is None:
            raise
        way_out = IS_DAMAGED if any(sign in reason for sign in DAMAGED) else IS_HELD
        click.echo(f"warraq: the archive's database: {reason}; {way_out}", err=True)
        sys.exit(1)


def _database_reason(error: Exception) -> str | None:
    """What SQLAlchemy says the database refused; None for any other error. Not imported for commands without one."""
    module = sys.modules.get("sqlalchemy.exc")
    if module is None or not isinstance(error, module.SQLAlchemyError):
        return None
    return str(getattr(error, "orig", None) or error).splitlines()[0]
