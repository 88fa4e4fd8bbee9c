"""How a check is run: stopped cleanly, and with its failures told in sentences."""
import http.client
import signal
import subprocess
import sys

from live.server import ServerFailure


def stopped(number, _):
    # As an exception, so that servers are ended and folders removed on the way out.
    sys.exit(128 + number)


def enter(main):
    """Runs a check's `main` and exits with what it returns."""
    signal.signal(signal.SIGTERM, stopped)
    try:
        sys.exit(main())
    except ServerFailure as failure:
        sys.exit(str(failure))
    except (OSError, http.client.HTTPException) as failure:
        sys.exit(f"The server could not be spoken to: {type(failure).__name__} {failure}")
    except subprocess.TimeoutExpired as failure:
        sys.exit(f"This had not ended after {failure.timeout:g} seconds: {' '.join(map(str, failure.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
