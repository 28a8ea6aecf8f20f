"""pith run: serve Pith on this machine, with the demonstration's invented people where asked."""

import argparse
import logging
import os
import socket

from waitress.server import create_server

from engine.errors import BadInput
from webapp import create_app
from webapp.commands.installation import ready_database
from webapp.config import Settings, settings_from

HOST = "127.0.0.1"

MOST_SENT = 64_000_000
"""Bytes of one request that are taken at all, so that who sends too much is told so; the server hangs up on more."""


class PortTaken(BadInput):
    """Port {port} of this machine is taken: choose another with --port."""

    code = "port_taken"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and for whom."""
    parser.add_argument("--port", type=_port, help="the port to listen on (8000)")
    parser.add_argument("--demo", action="store_true", help="with invented people to choose from, this machine only")


def run(chosen: argparse.Namespace) -> int:
    """Serve until interrupted."""
    port = {} if chosen.port is None else {"port": chosen.port}
    settings = settings_from(os.environ, demo=chosen.demo, **port)
    with listener(settings.port) as listening:
        ready_database(settings).dispose()
        serve(settings, listening)
    return 0


def listener(port: int) -> socket.socket:
    """A port of this machine that no other machine can reach; raises PortTaken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise PortTaken(port=port) from error
    return listening


def serve(settings: Settings, listening: socket.socket) -> None:
    """Answer requests; idle and half-open connections cost no thread."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits for a thread is no news
    server = create_server(
        create_app(settings),
        sockets=[listening],
        threads=settings.threads,
        connection_limit=500,
        channel_timeout=60,
        cleanup_interval=10,
        max_request_body_size=MOST_SENT,
        ident=None,
    )
    who = " Its people are invented." if settings.demo else ""
    print(f"Pith is at http://{HOST}:{settings.port}{who} Ctrl+C ends it.", flush=True)
    server.run()


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65_536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port
