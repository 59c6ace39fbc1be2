"""Reading in processes: a page that hangs, crashes or eats memory costs its worker, not the run."""

import asyncio
import gc
import os
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from archiver.workers import LimitExceeded, TaskFailed, WorkerPool


async def _in_pool(*calls: tuple, limit: float = 10.0) -> list:  # type: ignore[type-arg]
    async with WorkerPool(2, time_limit=limit) as pool:
        return await asyncio.gather(*(pool.run(*call) for call in calls), return_exceptions=True)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_results_come_back_in_order() -> None:
    assert _run(_in_pool((str.upper, "a"), (len, "خبر"), (max, 3, 7))) == ["A", 3, 7]


def test_a_failing_task_says_why_and_the_worker_lives() -> None:
    failed, after = _run(_in_pool((int, "x"), (int, "5")))
    assert isinstance(failed, TaskFailed)
    assert "ValueError" in str(failed)
    assert after == 5


def test_a_hanging_task_is_ended_and_the_others_go_on() -> None:
    hung, other, later = _run(_in_pool((time.sleep, 60), (int, "5"), (int, "6"), limit=1.0))
    assert isinstance(hung, LimitExceeded)
    assert (other, later) == (5, 6)


@pytest.mark.parametrize("call", [(os._exit, 3), (bytearray, 4_000_000_000)], ids=["crash", "memory"])
def test_a_dying_worker_is_replaced(call: tuple) -> None:  # type: ignore[type-arg]
    dead, one, two = _run(_in_pool(call, (int, "5"), (int, "6")))
    assert isinstance(dead, LimitExceeded)
    assert (one, two) == (5, 6)


@pytest.mark.parametrize("prepare", ["gc:disable", "gc:no_such_thing"], ids=["done", "broken"])
def test_processes_launched_before_there_is_a_loop_prepare_themselves(prepare: str) -> None:
    pool = WorkerPool(2, prepare=prepare)
    pool.launch()

    async def ask() -> list:  # type: ignore[type-arg]
        async with pool:
            return await asyncio.gather(*(pool.run(gc.isenabled) for _ in range(4)))

    assert _run(ask()) == [prepare != "gc:disable"] * 4


def test_processes_without_a_task_are_ended_without_a_loop() -> None:
    pool = WorkerPool(2)
    pool.launch()
    pool.end()
    pool.end()
