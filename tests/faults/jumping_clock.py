"""`warraq` on a machine whose clock jumps: python -m tests.faults.jumping_clock SECONDS crawl …"""

import sys
from datetime import UTC, datetime, timedelta

from archiver import clock

STEADY = 60  # times the clock is read before it jumps


def _jumping(seconds: float) -> None:
    read = 0

    def now() -> datetime:
        nonlocal read
        read += 1
        return datetime.now(UTC) + timedelta(seconds=seconds if read > STEADY else 0)

    clock.now = now


if __name__ == "__main__":
    _jumping(float(sys.argv.pop(1)))
    from archiver.cli import main

    main()
