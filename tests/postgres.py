"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone with them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = "postgres"  # PostgreSQL refuses to run as root


def programs() -> Path:
    """Where initdb and postgres are. Fails, saying what to install, where they are not."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql (`make test` does)")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


@contextmanager
def server(port: int) -> Iterator[str]:
    """The address of an empty database; the server ends with the context."""
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="warraq-pg-"))
    user = None
    if os.geteuid() == 0:
        user = NOBODY
        os.chown(folder, pwd.getpwnam(NOBODY).pw_uid, -1)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder, timeout=60)

    data = str(folder / "data")
    try:
        run(
            str(bin_folder / "initdb"),
            "-D",
            data,
            "-U",
            "warraq",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        run(str(bin_folder / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://warraq@127.0.0.1:{port}/postgres"
        finally:
            run(str(bin_folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
