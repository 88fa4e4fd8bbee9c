"""Where the checks find what they check and what they check it with."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("LIK_SHARED") or ROOT.parent / "shared").resolve()
PEOPLE = SHARED / "photos" / "people"
HARD = SHARED / "photos" / "hard"
API_CHECK = SHARED / "checks" / "http_api.py"
RELEASE = ROOT / ".build" / "release" / "lik"


def leave_out(what, reason):
    """Ends the check: what it needs cannot be had here, which is no failure of the server."""
    print(f"Left out: {what}; {reason}")
    sys.exit(0)


def add_server_options(parser):
    parser.add_argument("--lik", type=pathlib.Path, default=RELEASE, metavar="FILE",
                        help="the lik to check (default: .build/release/lik, made by make build)")


def check_binary(lik):
    if not os.access(lik, os.X_OK):
        sys.exit(f"There is no {lik}; make build makes it.")
    return lik.resolve()


def dlib_pack(lik):
    """The folder with the dlib pack in it, or None where it cannot be installed."""
    name = "LIK_CHECK_MODELS"
    if os.environ.get(name):
        return pathlib.Path(os.environ[name])
    run = subprocess.run([ROOT / "scripts" / "pack", "dlib"], stdout=subprocess.PIPE, text=True,
                         env=os.environ | {"LIK_BINARY": str(lik)})
    return pathlib.Path(run.stdout.strip()).parent if run.returncode == 0 else None
