"""When a site is not well, and who is told: `health.toml`, and that of the archive's folder over it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from archiver.errors import InputError
from archiver.health.codes import Code

NAME = "health.toml"
DEFAULTS = Path(__file__).with_name(NAME)
SHARES = ("drop", "surprise", "shrink", "gone")
HOOK = ("on_alert", "on_alert_seconds")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The measures of one site; `health.toml` says what each means."""

    window_days: float
    past_articles: int
    sample: int
    drop: float
    surprise: float
    shrink: float
    shrink_articles: int
    gone: float
    gone_articles: int
    silent_runs: int
    silent_days: float
    silent_expected: float
    silent_factor: float
    failed_runs: int
    overdue_hours: float
    ignore: frozenset[Code]


KINDS = {each.name: each.type for each in fields(Thresholds)}


@dataclass(frozen=True, slots=True)
class Measures:
    """An archive's thresholds, for every site and for some their own, and the command that is told."""

    common: Thresholds
    sites: Mapping[str, Thresholds] = field(default_factory=dict)
    on_alert: tuple[str, ...] = ()
    on_alert_seconds: float = 30

    @classmethod
    def load(cls, folder: Path | None = None) -> "Measures":
        """Those of the archive in the folder. Raises `InputError` that says ``file: key: reason``."""
        values, hook, _ = _read(DEFAULTS)
        common, sites = Thresholds(**values), {}
        if folder is not None and (folder / NAME).is_file():
            values, own_hook, own_sites = _read(folder / NAME)
            common, hook = replace(common, **values), {**hook, **own_hook}
            sites = {name: replace(common, **own) for name, own in own_sites.items()}
        return cls(common, sites, **hook)

    def of(self, site: str) -> Thresholds:
        return self.sites.get(site, self.common)


def _read(file: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, dict[str, Any]]]:
    """The file's thresholds, what it says of the hook, and the thresholds of single sites."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as TOML ({error})") from None
    sites = table.pop("sites", {})
    if not isinstance(sites, dict) or not all(isinstance(each, dict) for each in sites.values()):
        raise InputError(f'{file}: sites: must be tables, as in [sites."example.ly"]')
    hook = {name: _hook(file, name, table.pop(name)) for name in HOOK if name in table}
    own = {name: _checked(file, f"sites.{name}.", each) for name, each in sites.items()}
    return _checked(file, "", table), hook, own


def _hook(file: Path, name: str, value: Any) -> Any:
    if name == "on_alert":
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise InputError(f'{file}: {name}: must be a list of words, as in ["/home/me/bin/mail-me", "-v"]')
        return tuple(value)
    return _number(file, name, value, float)


def _checked(file: Path, where: str, table: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in KINDS:
            raise InputError(f"{file}: {where}{name}: no such key; there are {', '.join((*HOOK, *KINDS))}")
        if name == "ignore":
            values[name] = _codes(file, f"{where}{name}", value)
        else:
            values[name] = _number(file, f"{where}{name}", value, KINDS[name])
            if name in SHARES and value > 1:
                raise InputError(f"{file}: {where}{name}: {value} is no share; write one up to 1")
    return values


def _number(file: Path, name: str, value: Any, kind: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int if kind is int else int | float) or not value > 0:
        raise InputError(f"{file}: {name}: {value!r} is no {'whole ' if kind is int else ''}number above 0")
    return value


def _codes(file: Path, name: str, value: Any) -> frozenset[Code]:
    if not isinstance(value, list) or not set(value) <= set(Code):
        raise InputError(f"{file}: {name}: {value!r}: must be a list of {', '.join(Code)}")
    return frozenset(map(Code, value))
