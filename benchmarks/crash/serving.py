"""A server of Pith in a process of its own, as it is started anywhere, which can be killed and started again."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return int(listening.getsockname()[1])


@dataclass
class Server:
    """The demonstration over the file in a folder, or over the database named; `log` is all it ever complained of."""

    folder: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[Any] | None" = None

    @property
    def url(self) -> str:
        """The address of its database."""
        return self.database or f"sqlite:///{self.folder / 'demo.sqlite'}"

    @property
    def log(self) -> str:
        """What it wrote about errors."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    def start(self) -> None:
        """Start, and return once it says that it is there; raises OSError where it does not."""
        command = ["webapp.cli", "run", "--demo"]
        if self.database:
            command = ["benchmarks.crash.over_database", self.database]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, "--port", str(self.port)],
                env={**os.environ, "PITH_DATA": str(self.folder)},
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        if self.process.stdout is None or "Pith is at" not in self.process.stdout.readline():
            raise OSError(f"the server did not start\n{self.log}")

    def kill(self) -> None:
        """End it at once (SIGKILL, where there is one), whatever it is doing."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
