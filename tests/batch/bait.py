"""What a hostile document would reach for, and a count of who did: a listener and secret files."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SECRET = "rahasia-7f3a91c2d4"  # noqa: S105 - a marker, which must appear in no output
# How /etc/passwd begins on any Unix; the secret file holds it too.
PASSWD = "root:x:0:0:"  # noqa: S105 - as above


@dataclass
class Bait:
    """`url` leads to a listener on this machine, `secret` to a file that no output may quote.

    `hits` are connections to the listener, `calls` what this process tried to reach or look up.
    """

    url: str
    secret: Path
    hits: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


@contextmanager
def laid_bait(folder: Path) -> Iterator[Bait]:
    """Listen on 127.0.0.1 and let this process connect to nothing while it lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret.txt"
    secret.write_text(f"{PASSWD}{SECRET}\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()[:2]
        bait = Bait(f"http://{host}:{port}", secret)
        waiting = threading.Thread(target=_accept, args=(server, bait), daemon=True)
        waiting.start()
        with pytest.MonkeyPatch.context() as patch:
            _watch(patch, bait)
            yield bait
        server.shutdown(socket.SHUT_RDWR)
        waiting.join(5)


def _accept(server: socket.socket, bait: Bait) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(1)
            try:
                bait.hits.append(connection.recv(200).decode("latin-1").partition("\r\n")[0])
            except OSError:
                bait.hits.append("a connection")


def _watch(patch: pytest.MonkeyPatch, bait: Bait) -> None:
    """Sockets of the machine itself, by which worker processes are started, are let through."""

    def refused(*args: object, **_: object) -> None:
        bait.calls.append(repr(args[-1]))
        raise OSError("no network in this test")

    def watched(plain: Callable[..., int | None]) -> Callable[..., int | None]:
        def connect(self: socket.socket, address: object) -> int | None:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refused(address)
            return plain(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, watched(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname"):
        patch.setattr(socket, name, refused)
