"""Reading pages in processes of their own, bounded in time and memory.

Pages are hostile: one that hangs the parser or eats the memory costs its worker, not the run. A
worker is `python -m archiver.workers`; tasks and results are pickles, each behind its length, over
its standard input and output. The parent trusts its own workers; no outside bytes are unpickled.
"""

import asyncio
import contextlib
import fcntl
import gc
import os
import pickle
import pkgutil
import resource
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

TIME_LIMIT = 30.0  # seconds of wall time for one page: reading may take 2 s, on a machine that does much else
MEMORY_LIMIT = 1_500_000_000  # bytes of address space of one worker
COLLECT_AFTER = 100_000  # objects more than are let go; a page makes some thousands, and no cycles of them
QUEUED = (
    16  # tasks a worker holds: the one it is at, and what it goes on with while the parent is at its rows
)
PIPE = 1 << 19  # bytes on their way to or from a worker: the usual 64 KB are four pages, and then it waits
LENGTH = struct.Struct(">Q")


class LimitExceeded(Exception):  # noqa: N818 - an outcome rather than an error
    """The worker was ended at its limit of time or memory."""


class TaskFailed(Exception):  # noqa: N818
    """The task raised; the message is the exception's own."""


class WorkerPool:
    """A fixed number of worker processes, each given its next task while it is at one.

    `async with WorkerPool(2) as pool: result = await pool.run(function, *arguments)`. The function
    and its arguments must pickle, and the function's module be importable. `prepare`, as "module:function",
    is what each process calls before its first task: imports and tables that all tasks need.
    """

    def __init__(self, size: int, time_limit: float = TIME_LIMIT, *, prepare: str | None = None) -> None:
        self._places = asyncio.Semaphore(size * QUEUED)
        self._workers = [_Worker(time_limit, prepare) for _ in range(size)]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def launch(self) -> None:
        """Starts the processes before there is a task for them, or a loop; `run` does so otherwise."""
        for worker in self._workers:
            worker.launch()

    async def close(self) -> None:
        """Ends the processes; tasks under way fail."""
        for worker in self._workers:
            await worker.close()
        await asyncio.sleep(0)  # the loop closes the pipes

    def end(self) -> None:
        """As `close`, where no loop runs: for processes that were given no task, or whose loop was broken off."""
        for worker in self._workers:
            worker.stop()

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's result. Raises `LimitExceeded` or `TaskFailed`."""
        task = pickle.dumps((function, arguments))
        async with self._places:
            ok, result = await min(self._workers, key=_Worker.load).submit(task)
        if not ok:
            raise TaskFailed(result)
        return result


@dataclass(frozen=True, slots=True)
class _Pipes:
    """A process as the running loop reaches it."""

    tasks: asyncio.WriteTransport
    answers: asyncio.StreamReader
    transport: asyncio.ReadTransport  # of the answers

    @classmethod
    async def to(cls, process: "subprocess.Popen[bytes]") -> Self:
        loop, answers = asyncio.get_running_loop(), asyncio.StreamReader(limit=1 << 22)
        tasks, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, process.stdin)
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(answers), process.stdout
        )
        return cls(tasks, answers, transport)

    def send(self, task: bytes) -> None:
        self.tasks.write(LENGTH.pack(len(task)) + task)

    async def receive(self) -> Any:
        (size,) = LENGTH.unpack(await self.answers.readexactly(LENGTH.size))
        return pickle.loads(await self.answers.readexactly(size))  # noqa: S301 - our own worker's

    def close(self) -> None:
        if not self.tasks.is_closing():  # by itself, where the process has died
            self.tasks.abort()
        self.transport.close()


class _Worker:
    """One process, started again after it was stopped."""

    def __init__(self, time_limit: float, prepare: str | None) -> None:
        self._time_limit = time_limit
        self._command = [sys.executable, "-m", "archiver.workers", *([prepare] if prepare else [])]
        self._process: subprocess.Popen[bytes] | None = None
        self._pipes: _Pipes | None = None  # once the loop listens to the process
        self._under_way: deque[tuple[bytes, asyncio.Future[Any]]] = deque()  # the process is at the first
        self._something = asyncio.Event()
        self._loop: asyncio.Future[None] | None = None

    def load(self) -> int:
        return len(self._under_way)

    def submit(self, task: bytes) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._under_way.append((task, answer))
        if self._pipes is not None:
            self._pipes.send(task)
        self._something.set()
        if self._loop is None:
            self._loop = asyncio.ensure_future(self._answer_in_turn())
        return answer

    def launch(self) -> None:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError, AttributeError):  # one size is enough elsewhere
                    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)  # type: ignore[arg-type]

    async def close(self) -> None:
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait([self._loop])
        self.stop()
        while self._under_way:
            self._settle(error=LimitExceeded("the reading process was ended"))

    def stop(self) -> None:
        process, self._process = self._process, None
        pipes, self._pipes = self._pipes, None
        if process is None:
            return
        process.kill()
        if pipes is None:
            process.communicate()  # closes what no loop listens to
        else:
            pipes.close()
        process.wait()

    async def _answer_in_turn(self) -> None:
        while True:
            pipes = self._pipes or await self._connect()
            if not self._under_way:
                self._something.clear()
                await self._something.wait()
            try:
                async with asyncio.timeout(self._time_limit):
                    answer = await pipes.receive()
            except TimeoutError:
                self.stop()
                self._settle(error=LimitExceeded(f"not read within {self._time_limit:g} s"))
            except (asyncio.IncompleteReadError, ConnectionError):
                self.stop()
                self._settle(
                    error=LimitExceeded("the reading process died (out of memory, or a crash of the parser)")
                )
            else:
                self._settle(answer)

    def _settle(self, result: Any = None, *, error: Exception | None = None) -> None:
        _, answer = self._under_way.popleft()
        if answer.done():
            return  # whoever asked has gone
        if error is None:
            answer.set_result(result)
        else:
            answer.set_exception(error)

    async def _connect(self) -> _Pipes:
        """Has the running loop listen to the process, and sends it what waits."""
        self.launch()
        assert self._process is not None
        self._pipes = await _Pipes.to(self._process)
        for task, _ in self._under_way:
            self._pipes.send(task)
        return self._pipes


def main() -> None:
    """The worker's side: reads tasks until its input ends (also when the parent dies)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    gc.set_threshold(COLLECT_AFTER)
    for name in sys.argv[1:]:
        with contextlib.suppress(Exception):  # what is wrong, the first task will say
            pkgutil.resolve_name(name)()
    source = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever prints goes to stderr, not among the answers
        while header := source.read(LENGTH.size):
            task = source.read(LENGTH.unpack(header)[0])
            answer = _answer(task)
            try:
                answers.write(LENGTH.pack(len(answer)) + answer)
                answers.flush()
            except BrokenPipeError:  # nobody is left to tell
                os._exit(0)


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
