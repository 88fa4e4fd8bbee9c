"""The Python that has Playwright in it."""
import importlib.util
import os
import subprocess
import sys

from live.places import ROOT, leave_out

MARK = "LIK_CHECK_PAGE"


def enter_venv(what):
    """Goes on with this program in the virtual environment with Playwright, which is made where it is missing."""
    if importlib.util.find_spec("playwright") and importlib.util.find_spec("axe_playwright_python"):
        return
    venv = subprocess.run([ROOT / "scripts" / "checks-venv", "page"], stdout=subprocess.PIPE, text=True)
    if venv.returncode != 0 or os.environ.get(MARK) == "entered":
        leave_out(what, "Playwright could not be installed.")
    os.environ[MARK] = "entered"
    python = venv.stdout.strip()
    os.execv(python, [python, *sys.argv])
