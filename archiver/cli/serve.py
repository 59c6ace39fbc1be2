"""`warraq serve`: the reading room, the archive as web pages."""

import contextlib
import socket
from ipaddress import ip_address
from pathlib import Path

import click

from archiver.cli import _options
from archiver.errors import InputError


@click.command()
@_options.archive
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A host name under which others reach it: needed where --host is not this machine alone. Repeatable.",
)
def command(archive: Path, port: int, host: str, names: tuple[str, ...]) -> None:
    """Read the archive in a browser; a crawl may go on writing meanwhile."""
    import uvicorn

    from archiver.web.app import create_app

    if not _is_loopback(host) and not names:
        raise InputError(
            f"--host {host} opens the archive to everybody who can reach this machine, and there is no password; "
            "if you mean it, say under which name it is reached: --name archive.example.ly"
        )
    app = create_app(archive, names=names)
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(
        f"قاعة القراءة · the reading room: http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C ends it)"
    )
    with contextlib.suppress(KeyboardInterrupt), listening:
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `InputError` where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            f"{host} port {port}: cannot listen there ({error.strerror}); give another with --port"
        ) from None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
