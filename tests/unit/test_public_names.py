"""What `import archiver` offers, and that it costs nothing until it is used."""

import subprocess
import sys

import archiver


def test_every_public_name_is_there() -> None:
    assert archiver.__all__ == sorted(archiver.__all__)
    for name in archiver.__all__:
        assert getattr(archiver, name) is not None
    assert set(archiver.__all__) <= set(dir(archiver))


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(archiver, "rumour")


def test_the_import_is_cheap() -> None:
    heavy = "{'lxml', 'scrapy', 'trafilatura', 'cssselect'}"
    code = f"import archiver, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
