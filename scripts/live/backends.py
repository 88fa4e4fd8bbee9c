"""A PostgreSQL and a Redis of a check's own, on sockets in a folder, gone with it."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from live.places import ROOT
from live.server import ServerFailure, die_with_parent

THROWAWAY = ROOT / "scripts" / "throwaway-postgres"


def missing(redis=True):
    """What is not installed here, in words; None when all is."""
    if subprocess.run([THROWAWAY, "--check"], stderr=subprocess.DEVNULL).returncode != 0:
        return "PostgreSQL is not installed (scripts/setup --tests)."
    if redis and not shutil.which("redis-server"):
        return "Redis is not installed (scripts/setup --tests)."
    return None


class Postgres:
    """On a socket, and on port 5432 of an address where one is given."""

    def __init__(self, address=None):
        # Short: the path of a socket has 107 bytes at most.
        self.folder = tempfile.mktemp(prefix="lik-pg-", dir="/tmp")
        self.process = subprocess.Popen([THROWAWAY, self.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True,
                                        env=os.environ | ({"LIK_TEST_POSTGRES_ADDRESS": address} if address else {}))
        if self.process.stdout.readline().strip() != "ready":
            raise ServerFailure("PostgreSQL did not start.")

    @property
    def environment(self):
        return {"DB_HOST": self.folder, "DB_USER": "lik", "DB_NAME": "lik"}

    def forget_library(self):
        """Drops the tables, as if nobody had ever used the database."""
        psql = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/psql"))
        subprocess.run([psql[-1] if psql else "psql", "-h", self.folder, "-U", "lik", "-d", "lik", "-qc",
                        "DROP SCHEMA IF EXISTS lik CASCADE"], check=True, stderr=subprocess.DEVNULL)

    def crash(self):
        """Kills one of its processes: PostgreSQL ends all connections and recovers, as after a power cut."""
        main = int(pathlib.Path(self.folder, "data", "postmaster.pid").read_text().split()[0])
        children = pathlib.Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for child in children:
            words = pathlib.Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
            if b" lik [local]" in words or b"lik lik" in words:
                os.kill(int(child), signal.SIGKILL)
                return True
        return False

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Redis:
    """On a socket, and on port 6379 of an address where one is given."""

    def __init__(self, address=None):
        self.listening = ["--bind", address, "--port", "6379", "--protected-mode", "no"] if address else ["--port", "0"]
        self.folder = tempfile.mkdtemp(prefix="lik-redis-", dir="/tmp")
        self.socket = self.folder + "/redis.sock"
        self.process = None
        self.start()

    @property
    def environment(self):
        return {"REDIS_ADDR": self.socket}

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", *self.listening, "--unixsocket", self.socket, "--save", "", "--dir", self.folder],
            stdout=subprocess.DEVNULL, preexec_fn=die_with_parent)
        while not os.path.exists(self.socket):
            time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()
        if os.path.exists(self.socket):
            os.unlink(self.socket)

    def close(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
