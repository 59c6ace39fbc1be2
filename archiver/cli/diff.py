"""`warraq diff`: what changed between two versions of an article, word by word."""

import json
import sys
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from archiver.cli import _options
from archiver.cli._article import DOING, find, moment, no_version, removed, say_removed, version_of
from archiver.cli._words import counted
from archiver.diff import Change, Line, Part, changes
from archiver.errors import InputError
from archiver.store import Archive
from archiver.store.reading import article_item, versions_of
from archiver.urls import readable, start_address

STYLES = {"same": "", "removed": "red strike", "added": "bold green"}
MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}  # as `git diff --word-diff` has it
RIGHT_TO_LEFT = "\u200f"  # before a line of Arabic that begins with something else


@click.command()
@click.argument("url")
@_options.archive
@click.option(
    "--from", "old", type=click.IntRange(1), help="The version to compare from; the one before --to."
)
@click.option(
    "--to", "new", type=click.IntRange(1), help="The version to compare to; the last edit by the publisher."
)
@_options.as_json
def command(url: str, archive: Path, old: int | None, new: int | None, as_json: bool) -> None:
    """Show what changed in an article, word by word: by default what the publisher edited last.

    Where no version is an edit: what has been read otherwise since, and makes no version, as the writer and the tags.
    [-what went-] and {+what came+}, in colours on a terminal. Versions are listed by `warraq show --versions`.
    """
    opened = Archive.open_for_reading(archive)
    try:
        address = start_address(url)
        article = find(opened, address)
        versions = versions_of(opened.connection, article)
        chosen = _chosen(versions, old, new)
        told = (
            changes(*(version_of(opened, article, number) for number in chosen))
            if chosen
            else changes(
                version_of(opened, article, versions[-1]["number"]), article_item(opened.connection, article)
            )
        )
        steps = [each for each in versions if chosen and chosen[0] < each["number"] <= chosen[1]]
        gone = removed(opened, article)
    finally:
        opened.close()
    if as_json:
        result = {
            "url": address,
            "from": chosen[0] if chosen else None,
            "to": chosen[1] if chosen else None,
            "steps": steps,
            "changes": [each.to_dict() for each in told],
            **gone,
        }
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(Text(readable(address), style="dim"))
    if gone:
        console.print(Text(say_removed(gone), style="yellow"))
    if chosen:
        _print_steps(console, chosen, versions)
    else:
        console.print(_nothing(versions, beside=[each.field for each in told]))
    for each in told:
        _print_change(console, each)


def _chosen(versions: list[dict[str, Any]], old: int | None, new: int | None) -> tuple[int, int] | None:
    """The two versions to compare; None where nothing was asked for and the publisher has changed nothing."""
    if old is None and new is None:
        edits = [each["number"] for each in versions if each["cause"] in ("publisher", "unclear")]
        return (edits[-1] - 1, edits[-1]) if edits else None
    newest = versions[-1]["number"]
    _check(old, new, newest)
    new = newest if new is None else new
    return (new - 1 if old is None else old), new


def _check(old: int | None, new: int | None, newest: int) -> None:
    """Raises `InputError` where what was asked for, one or both, are not two versions of these, the earlier first."""
    for number in (old, new):
        if number is not None and number > newest:
            raise no_version(number, newest)
    asked = " ".join(f"--{name} {number}" for name, number in (("from", old), ("to", new)) if number)
    if newest == 1:
        raise InputError(f"{asked}: the article has one version, and none to compare it with")
    if new == 1 and old is None:
        raise InputError(f"{asked}: version 1 is the first; write --to 2{_up_to(2, newest)}")
    if old == newest and new is None:
        raise InputError(f"{asked}: version {newest} is the newest; write --from 1{_up_to(1, newest - 1)}")
    if old is not None and new is not None and old >= new:
        raise InputError(f"{asked}: compare an earlier version with a later one, from 1 to {newest}")


def _up_to(first: int, last: int) -> str:
    return f" or another up to {last}" if last > first else ""


def _nothing(versions: list[dict[str, Any]], beside: list[str]) -> str:
    """That there is no edit to show; `beside` are the fields that changed and make no version."""
    ours = len(versions) - 1
    which = "nothing" if not beside else "neither title, text, captions nor date"
    said = f"the publisher has changed {which}"
    if ours:
        said += f"; our parser read it anew {counted(ours, 'time')}: see --from 1 --to {len(versions)}"
    else:
        said += ": there is one version"
    return said + (f"; read otherwise since: {', '.join(beside)}" if beside else "")


def _print_steps(console: Console, chosen: tuple[int, int], versions: list[dict[str, Any]]) -> None:
    """Which versions, and whose doing lies between them: an edit and a better reading are never one thing."""
    for each in versions:
        if chosen[0] <= each["number"] <= chosen[1]:
            doing = f", {DOING[each['cause']]}" if each["number"] > chosen[0] else ""
            console.print(
                Text(f"version {each['number']}: {moment(each['fetched_at'])}{doing}", style="cyan")
            )


def _print_change(console: Console, change: Change) -> None:
    console.print()
    console.print(Text(change.field.replace("_", " "), style="bold"))
    for is_same, lines in groupby(change.lines, key=lambda line: all(part.op == "same" for part in line)):
        if not is_same:
            for line in lines:
                console.print(rendered(line, console))
        else:
            console.print(Text(f"⋯ {len(list(lines))} unchanged", style="dim"))


def rendered(line: Line, console: Console) -> Text:
    """The line in colours, or marked where there are none. On a terminal an Arabic line begins as one."""
    coloured = console.is_terminal and console.color_system is not None and not console.no_color
    words = "".join(part.text for part in line)
    text = Text(RIGHT_TO_LEFT if console.is_terminal and _is_right_to_left(words) else "")
    for part in line:
        if coloured:
            text.append(part.text, STYLES[part.op])
        else:
            text.append("".join(_marked(part)))
    return text


def _marked(part: Part) -> Iterator[str]:
    """The part between its marks, the spaces around it outside."""
    before, after = MARKS[part.op]
    inner = part.text.strip()
    start = part.text.find(inner) if inner else len(part.text)
    yield part.text[:start]
    if inner:
        yield f"{before}{inner}{after}"
    yield part.text[start + len(inner) :]


def _is_right_to_left(text: str) -> bool:
    strong = [unicodedata.bidirectional(each) for each in text]
    return sum(each in ("R", "AL") for each in strong) > strong.count("L")
