"""Tasks done by the workers of a Dask cluster, on this machine or on others.

Dask finds a worker for each task and gives the tasks of a worker that went away to others. A
document is read in a process of its own there as here (`isolate`), so that it cannot take a worker
along; what takes one along all the same, three times over, is given up and costs itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import socket
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import CancelledError as GivenUp
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from sopextract.batch.isolate import close_workers
from sopextract.batch.keys import keys_of
from sopextract.errors import ClusterError, ConfigError, MissingProgramError
from sopextract.settings import Settings

if TYPE_CHECKING:
    from distributed import Client

_P = ParamSpec("_P")
_R = TypeVar("_R")

_INSTALL = "pip install 'sopextract[cluster]'"
_CONNECT_S = 10.0  # on one network it takes milliseconds
_FIRST_WORKER_S = 30.0  # a worker takes two seconds to start, where the drive is slow ten


class ClusterExecutor(Executor):
    """The cluster as a plain executor; `threads` is how many tasks it does at a time."""

    def __init__(self, scheduler: str) -> None:
        self._scheduler = scheduler
        self._client = _connect(scheduler)
        try:
            self._check_workers()
            self._inner = self._client.get_executor(pure=False)
            self.threads = sum(self._client.nthreads().values())
        except BaseException:
            self._client.close()
            raise

    def submit(self, fn: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """The future of the call.

        It ends with BrokenExecutor where the task took workers along, and with ClusterError when
        the scheduler is gone.
        """
        answer: Future[_R] = Future()
        there = self._inner.submit(_there, os.getcwd(), fn, *args, **kwargs)
        answer.add_done_callback(lambda done: there.cancel() if done.cancelled() else None)
        there.add_done_callback(lambda done: self._pass_on(done, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster, which goes on; the processes that read documents there end."""
        try:
            self._inner.shutdown(wait=False)
            self._client.run(close_workers, on_error="ignore")
        except (OSError, TimeoutError, RuntimeError) as exc:
            logging.getLogger(__name__).debug("the cluster is gone already: %s", exc)
        finally:
            self._client.close(timeout=_CONNECT_S)

    def _pass_on(self, done: Future[_R], answer: Future[_R]) -> None:
        from distributed import KilledWorker

        if not answer.set_running_or_notify_cancel():
            return
        try:
            answer.set_result(done.result())
        except KilledWorker:
            answer.set_exception(BrokenExecutor("its workers died"))
        except (GivenUp, OSError, TimeoutError):
            answer.set_exception(ClusterError(f"{self._scheduler}: the scheduler went away"))
        except Exception as exc:  # noqa: BLE001 - the future carries it to whoever asks
            answer.set_exception(exc)

    def _check_workers(self) -> None:
        """Wait for the first worker; see that all are of our own version."""
        try:
            self._client.wait_for_workers(1, timeout=_FIRST_WORKER_S)
        except TimeoutError as exc:
            raise ConfigError(
                f"{self._scheduler}: has no workers; start some: dask worker {self._scheduler}"
            ) from exc
        ours = _program()
        for worker, theirs in self._client.run(_program, on_error="return").items():
            if theirs != ours:
                raise ConfigError(
                    f"{worker}: this worker has no sopextract, or another version of it, of the "
                    "libraries or of LibreOffice; install the same everywhere"
                )


def _connect(scheduler: str) -> Client:
    if not scheduler:
        raise ConfigError("--executor dask needs --scheduler, such as tcp://10.0.0.1:8786")
    try:
        from distributed import Client
    except ImportError as exc:
        raise MissingProgramError(f"--executor dask needs Dask: {_INSTALL}") from exc
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say ourselves what is wrong
    try:
        return Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError) as exc:
        raise ConfigError(f"{scheduler}: no scheduler answers; start one: dask scheduler") from exc
    except ValueError as exc:
        raise ConfigError(f"{scheduler}: no address of a scheduler: {exc}") from exc


def _program() -> str:
    """What decides which bytes a record has, on the machine where this is called."""
    return repr(keys_of(Settings()))


def _there(cwd: str, fn: Callable[..., _R], /, *args: Any, **kwargs: Any) -> _R:
    """On a worker: call it where paths mean what they mean here.

    Raises ClusterError where the folder is not there: inputs and output are not on a shared drive.
    """
    # A nanny marks its worker as daemonic, which may have no children; it ends its whole group.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    try:
        if os.getcwd() != cwd:
            os.chdir(cwd)
    except OSError as exc:
        raise ClusterError(
            f"{cwd}: not there on {socket.gethostname()}; inputs and output have to lie on a drive "
            "that all machines share, under the same path"
        ) from exc
    return fn(*args, **kwargs)
