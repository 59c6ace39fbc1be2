"""What `warraq show` may be asked for at once."""

import pytest
from click.testing import CliRunner

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
