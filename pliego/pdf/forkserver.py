"""The loop of the parser process: take requests, fork a confined child for each, end it in time.

Single-threaded, so that forking is safe. A child answers its client directly over the connection; this process keeps
the connection only to notice a client that hangs up, and to say the last word for a child that died.

Which child runs is for the scheduler to say: a quick one never waits long behind heavy ones.
"""

import os
import selectors
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pliego.errors import ReaderBusy
from pliego.pdf import frames
from pliego.pdf.child import OUT_OF_MEMORY, Task, answer, stopped
from pliego.pdf.confinement import Limits, mapped_now
from pliego.pdf.frames import Kind, WireError
from pliego.pdf.scheduler import ALONE, TURN, Run, Scheduler, memory_for_children

ASK_SECONDS = 5.0
"""A client that has connected sends its request within this time, and takes the last word within it."""
MOST_WAITING = 1000
_BUSY = frames.encode({"code": ReaderBusy.code})


@dataclass(eq=False)
class Conversation:
    """One client, from its connection to the last word."""

    sock: socket.socket
    deadline: float
    """When we stop waiting for the client; a child's time is counted by the scheduler."""
    task: Task | None = None
    limits: Limits = field(default_factory=Limits)
    params: dict[str, Any] = field(default_factory=dict)
    descriptors: list[int] = field(default_factory=list)
    run: Run | None = None
    pidfd: int = -1
    verdict: str = ""
    """Why we ended the child."""
    last_word: bytes = b""
    gone: bool = False

    @property
    def interactive(self) -> bool:
        """Somebody waits in front of a page."""
        return self.task is not None and self.task.interactive


class ForkServer:
    """Serves until the process ``parent`` has gone or SIGTERM raises SystemExit; its children end with it."""

    def __init__(self, listener: socket.socket, tasks: Mapping[str, Task], parent: int) -> None:
        self._tasks = tasks
        self._scheduler = Scheduler(len(os.sched_getaffinity(0)), memory_for_children())
        self._mapped = mapped_now()
        self._parent = parent
        self._leaving = False
        self._talks: set[Conversation] = set()
        self._waiting: dict[bool, deque[Conversation]] = {True: deque(), False: deque()}  # by interactive
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, self._accept)

    def run(self) -> None:
        """Serve for as long as the process lives that started this one."""
        try:
            home = os.pidfd_open(self._parent)
        except ProcessLookupError:  # killed before anything could be served
            return
        self._selector.register(home, selectors.EVENT_READ, self._leave)
        try:
            while not self._leaving:
                for key, _ in self._selector.select(self._until_next()):
                    handle: Callable[[], None] = key.data
                    handle()
                self._keep_time()
                self._start_waiting()
        finally:
            for run in self._scheduler.runs:
                os.kill(run.pid, signal.SIGKILL)

    def _leave(self) -> None:
        self._leaving = True

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError:  # gone again, or no descriptor is free: it waits in the listener's queue
            return
        talk = Conversation(sock, time.monotonic() + ASK_SECONDS)
        self._talks.add(talk)
        self._selector.register(sock, selectors.EVENT_READ, lambda: self._hear(talk))

    def _hear(self, talk: Conversation) -> None:
        """The client says something: its request; anything later, and a closed connection, ends the conversation."""
        if talk.gone:
            return
        if talk.task is not None:
            self._drop(talk)
            return
        try:
            request, talk.descriptors = frames.receive_request(talk.sock)
            talk.task = self._tasks[request["task"]]
            talk.limits = Limits.from_json(request["limits"])
            talk.params = dict(request["params"])
        except BlockingIOError:
            return
        except (OSError, WireError, KeyError, TypeError, ValueError, AttributeError):
            self._drop(talk)
            return
        talk.deadline = float("inf")
        self._waiting[talk.interactive].append(talk)
        if sum(map(len, self._waiting.values())) > MOST_WAITING:
            self._waiting[talk.interactive].pop()
            self._say_last(talk, _BUSY)

    def _start_waiting(self) -> None:
        for interactive in (True, False):
            queue = self._waiting[interactive]
            while queue and (queue[0].gone or self._scheduler.has_place(interactive=interactive)):
                talk = queue.popleft()
                if talk.task and not talk.gone:
                    self._start(talk, talk.task)

    def _start(self, talk: Conversation, task: Task) -> None:
        try:
            task.prepare(talk.params)
            pid = os.fork()
        except OSError:  # no process or no memory is to be had
            self._say_last(talk, _BUSY)
            return
        if pid == 0:
            answer(talk.sock, task, talk.params, talk.descriptors, talk.limits, self._mapped)
        _close_all(talk)
        talk.pidfd = os.pidfd_open(pid)
        talk.run = run = Run(pid, talk.interactive, time.monotonic())
        self._scheduler.runs.add(run)
        self._selector.register(talk.pidfd, selectors.EVENT_READ, lambda: self._reap(talk, run))

    def _reap(self, talk: Conversation, run: Run) -> None:
        """The child has ended. When it has not said so itself, say it for it."""
        _, status, usage = os.wait4(run.pid, 0)
        self._scheduler.runs.discard(run)
        talk.run = None
        self._selector.unregister(talk.pidfd)
        os.close(talk.pidfd)
        if talk.gone:
            return
        if status == 0:
            self._drop(talk)
        else:
            reason = talk.verdict or _reason(status, usage.ru_maxrss * 1024, talk.limits)
            self._say_last(talk, stopped(reason))

    def _say_last(self, talk: Conversation, payload: bytes) -> None:
        """Send the last word as soon as the client takes it, at most ASK_SECONDS from now."""
        talk.last_word = b"".join(frames.packets(Kind.ERROR, payload))
        talk.deadline = time.monotonic() + ASK_SECONDS
        self._selector.modify(talk.sock, selectors.EVENT_WRITE, lambda: self._send_last(talk))

    def _send_last(self, talk: Conversation) -> None:
        if talk.gone:
            return
        with suppress(BlockingIOError):
            with suppress(ConnectionError):
                talk.sock.send(talk.last_word, socket.MSG_DONTWAIT)
            self._drop(talk)

    def _drop(self, talk: Conversation) -> None:
        """Close the connection and end the child, if it still runs. Its place is free when it has been reaped."""
        talk.gone = True
        if talk.run:
            os.kill(talk.run.pid, signal.SIGKILL)
        self._selector.unregister(talk.sock)
        talk.sock.close()
        _close_all(talk)
        self._talks.discard(talk)

    def _keep_time(self) -> None:
        now = time.monotonic()
        self._scheduler.turn(now)
        for talk in [talk for talk in self._talks if now >= talk.deadline]:
            self._drop(talk)
        for talk in self._talks:
            if talk.run and not talk.verdict and talk.run.wall(now) >= talk.limits.wall:
                talk.verdict = "time"
                os.kill(talk.run.pid, signal.SIGKILL)

    def _until_next(self) -> float | None:
        """Seconds until the clock next matters, None for never."""
        if self._scheduler.runs:
            return TURN if len(self._scheduler.runs) > 1 else ALONE
        nearest = min((talk.deadline for talk in self._talks), default=float("inf"))
        return None if nearest == float("inf") else max(nearest - time.monotonic(), 0.05)


def _close_all(talk: Conversation) -> None:
    for descriptor in talk.descriptors:
        os.close(descriptor)
    talk.descriptors = []


def _reason(status: int, resident: int, limits: Limits) -> str:
    """Why a child died by itself.

    Out of memory has many faces: its own exit code, the kernel's SIGKILL, or a native library that stops itself when an
    allocation fails; the last is told from a crash by how much it held.
    """
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        return "time"
    if code in (OUT_OF_MEMORY, -signal.SIGKILL) or resident > limits.memory // 2:
        return "memory"
    return "crash"
