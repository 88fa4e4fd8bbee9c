"""One `lik serve` in a process of its own: started, watched, stopped, killed, started again."""
import ctypes
import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

SETTINGS = ("LIK_", "SERVER_", "DB_", "REDIS_", "PYTHON_BASE_URL")
START_SECONDS = 60
STOP_SECONDS = 10


class ServerFailure(Exception):
    """The server did not do what a server must: start, live, stop."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent():
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class LikServer:
    """Owns a process and the folder `work`, in which `data` is the server's LIK_DATA and `log` all that it printed.

    Start it from the main thread: the process is told to end with the thread that began it, so that no check that dies
    leaves a server behind.
    """

    def __init__(self, lik, work, models, pack="dlib", environment=None, flags=(), core=None, data=None):
        self.lik, self.work = lik, pathlib.Path(work)
        self.data = pathlib.Path(data) if data else self.work / "data"
        self.log = self.work / "log"
        self.host, self.port = "127.0.0.1", free_port()
        self.flags, self.core, self.process = list(flags), core, None
        own = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        if "LIK_ONNXRUNTIME" in os.environ:
            own["LIK_ONNXRUNTIME"] = os.environ["LIK_ONNXRUNTIME"]
        self.environment = own | {
            "SERVER_HOST": self.host, "SERVER_PORT": str(self.port), "LIK_DATA": str(self.data),
            "LIK_MODELS": str(models), "LIK_LANGUAGE": "en", "LIK_CONFIG": str(self.work / "lik.conf"),
            # A build with coverage writes its counters somewhere when it ends: not into the folder it is called from.
            "LLVM_PROFILE_FILE": str(self.work / "coverage.profraw"),
        } | ({"LIK_PACK": pack} if pack else {}) | (environment or {})
        self.work.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        # The settings of whoever runs the check stay out of it.
        (self.work / "lik.conf").touch()

    @property
    def base(self):
        return f"http://{self.host}:{self.port}"

    def begin(self):
        """Begins the process and does not wait until it answers."""
        command = [self.lik, "serve", *self.flags]
        if self.core is not None:
            command = ["taskset", "-c", str(self.core), *command]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=self.work, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_parent)

    def start(self):
        """Begins the process and waits until it answers; returns the seconds that took."""
        began = time.monotonic()
        self.begin()
        return self.wait_until_ready(began)

    def wait_until_ready(self, began):
        while time.monotonic() - began < START_SECONDS:
            self.must_live("while starting")
            if self.answers(timeout=5):
                return time.monotonic() - began
            time.sleep(0.02)
        raise ServerFailure(f"lik serve did not answer within {START_SECONDS} seconds.")

    def answers(self, timeout=5):
        """Whether /health gets an answer, whatever it says."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request("GET", "/health")
            connection.getresponse().read()
            return True
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    @property
    def lives(self):
        return self.process is not None and self.process.poll() is None

    def must_live(self, when):
        if not self.lives:
            raise ServerFailure(f"lik serve ended by itself {when}, with {self.process.returncode}.")

    def kill(self):
        """SIGKILL, and gone when this returns."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        """SIGTERM; returns the seconds until it had ended. A server that does not end in time, or not with 0, fails."""
        self.must_live("before it was asked to stop")
        began = time.monotonic()
        self.process.terminate()
        try:
            status = self.process.wait(STOP_SECONDS + 2)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerFailure(f"lik serve had not stopped {STOP_SECONDS + 2} seconds after SIGTERM.") from None
        if status != 0:
            raise ServerFailure(f"lik serve ended with {status} after SIGTERM.")
        return time.monotonic() - began

    def close(self):
        if self.lives:
            self.kill()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None and self.process is not None:
            fate = "lives" if self.lives else f"ended with {self.process.returncode}"
            print(f"lik serve {fate}; its last words:\n{self.last_words()}", flush=True)
        self.close()

    def last_words(self, characters=2000):
        """The end of the log, or what it says first of a crash."""
        log = self.log.read_text(errors="replace") if self.log.exists() else ""
        crash = re.search(r"Fatal error|Program crashed", log)
        return log[crash.start():][:characters] if crash else log[-characters:]

    # Memory, in MB of 1,000,000 bytes as the limits are written.

    def memory(self, field="VmRSS"):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024 / 1e6
        raise ServerFailure(f"/proc tells no {field} of lik serve.")

    def seconds(self):
        """Of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def forget_peak(self):
        """From here on `memory("VmHWM")` is the peak since now."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def command(self, *arguments, seconds=300, environment=None):
        """Runs another command of lik on this server's library; what it ended with and what it printed."""
        run = subprocess.run([self.lik, *map(str, arguments)], env=self.environment | (environment or {}), cwd=self.work,
                             text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             timeout=seconds)
        return run.returncode, run.stdout.strip()

    def nothing_to_repair(self):
        """Whether `lik doctor` finds this server's data sound, and what it printed; the server must not run.

        Asked twice: without --repair it fails on what it finds, with it, it says that it repaired something.
        """
        told = []
        for flags in ([], ["--repair"]):
            run = subprocess.run([self.lik, "doctor", *flags], env=self.environment, cwd=self.work, text=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 timeout=120)
            told.append(run.stdout.strip())
            if run.returncode != 0 or any(line.endswith(": repaired") for line in run.stdout.splitlines()):
                return False, told[-1]
        return True, told[-1]


class Worker(LikServer):
    """A process of `lik work`. Unlike a server it may be begun by any thread: it lives until it is ended."""

    # What its command begins with, on another machine.
    prefix = []

    def begin(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*self.prefix, self.lik, "work", *self.flags], env=self.environment, cwd=self.work,
                                            stdout=log, stderr=log, stdin=subprocess.DEVNULL)
