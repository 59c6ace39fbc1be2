"""What `warraq show` may be asked for at once, and how what is kept is shown."""

import pytest
from click.testing import CliRunner

from archiver.cli._article import clock
from archiver.cli.show import command


@pytest.mark.parametrize(
    "asked",
    [
        ("--raw", "--json"),
        ("--raw", "--json-ld"),
        ("--versions", "--outcomes"),
        ("--version", "1", "--versions"),
        ("--version", "1", "--outcomes"),
    ],
)
def test_two_answers_at_once_are_refused(asked: tuple[str, ...], tmp_path: object) -> None:
    ran = CliRunner().invoke(command, ["https://x.example/1", *asked, "--archive", str(tmp_path)])
    assert "do not go together" in str(ran.exception)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-11-03T04:18:09+02:00", "2026-11-03 04:18 +02:00"),
        ("2026-11-03T04:18:00", "2026-11-03 04:18"),
        ("2026-11-03", "2026-11-03"),
        ("2026-11", "2026-11"),
    ],
)
def test_a_clock_is_shown_with_its_zone(stored: str, shown: str) -> None:
    assert clock(stored) == shown
