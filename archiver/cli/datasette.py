"""`warraq datasette`: SQL over the archive in a browser."""

import contextlib
import socket
from pathlib import Path

import click

from archiver.cli import _options
from archiver.errors import InputError

HOST = "127.0.0.1"


@click.command()
@_options.archive
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8081, show_default=True, help="0 takes a free one."
)
def command(archive: Path, port: int) -> None:
    """Ask the archive in SQL, in a browser on this machine; a crawl may go on writing meanwhile.

    Needs Datasette: pip install 'warraq[datasette]'
    """
    import uvicorn

    from archiver.datasette import create_app

    app = create_app(archive)
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise InputError(
            f"{HOST} port {port}: cannot listen there ({error.strerror}); give another with --port"
        ) from None
    click.echo(f"Datasette: http://{HOST}:{listening.getsockname()[1]}/archive  (Ctrl-C ends it)")
    with contextlib.suppress(KeyboardInterrupt), listening:
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run([listening])
