"""Reading pages in processes of their own, bounded in time and memory.

Pages are hostile: one that hangs the parser or eats the memory costs its worker, not the run. A
worker is `python -m archiver.workers`; tasks and results are pickles, each behind its length, over
its standard input and output. The parent trusts its own workers; no outside bytes are unpickled.
"""

import asyncio
import contextlib
import os
import pickle
import resource
import struct
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

TIME_LIMIT = 10.0  # seconds of wall time for one page, well above the 2 s that reading may take
MEMORY_LIMIT = 1_500_000_000  # bytes of address space of one worker
LENGTH = struct.Struct(">Q")


class LimitExceeded(Exception):  # noqa: N818 - an outcome rather than an error
    """The worker was ended at its limit of time or memory."""


class TaskFailed(Exception):  # noqa: N818
    """The task raised; the message is the exception's own."""


class WorkerPool:
    """A fixed number of worker processes, each at one task at a time.

    `async with WorkerPool(2) as pool: result = await pool.run(function, *arguments)`. The function
    and its arguments must pickle, and the function's module be importable.
    """

    def __init__(self, size: int, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers = [_Worker() for _ in range(size)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the processes; tasks under way fail."""
        for worker in self._workers:
            await worker.stop()

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's result. Raises `LimitExceeded` or `TaskFailed`."""
        worker = await self._free.get()
        try:
            async with asyncio.timeout(self._time_limit):
                ok, result = await worker.call(function, arguments)
        except TimeoutError:
            await worker.stop()
            raise LimitExceeded(f"not read within {self._time_limit:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError):
            await worker.stop()
            raise LimitExceeded(
                "the reading process died (out of memory, or a crash of the parser)"
            ) from None
        except BaseException:
            await worker.stop()
            raise
        finally:
            self._free.put_nowait(worker)
        if not ok:
            raise TaskFailed(result)
        return result


class _Worker:
    """One process, started when it is first needed, and again after it was stopped."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "archiver.workers",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=1 << 22,
                start_new_session=True,
            )
        task = pickle.dumps((function, arguments))
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(LENGTH.pack(len(task)) + task)
        await self._process.stdin.drain()
        (size,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
        return pickle.loads(await self._process.stdout.readexactly(size))  # noqa: S301 - our own worker's

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def main() -> None:
    """The worker's side: reads tasks until its input ends (also when the parent dies)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    source = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever prints goes to stderr, not among the answers
        while header := source.read(LENGTH.size):
            task = source.read(LENGTH.unpack(header)[0])
            answer = _answer(task)
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _answer(task: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(task)  # noqa: S301 - from our own parent
        return pickle.dumps((True, function(*arguments)))
    except MemoryError:
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the boundary: it becomes TaskFailed in the parent
        return pickle.dumps((False, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
