"""Whether the service in this container is ready, for a container's health check: `python -m societas.ready`.

It says in words what is missing, so that an unhealthy container has its reason next to it. Standard library only: it is
run every few seconds.
"""

import json
import sys
from http.client import HTTPConnection, HTTPException

PORT = 8000
_SECONDS = 8.0
_READY = 200


def ready(port: int = PORT) -> tuple[bool, str]:
    """Whether /readyz is content, and what it says: a line for each thing that is missing."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        found = json.loads(answer.read())
        troubles = [f"{check['name']}: {check['detail']}" for check in found["checks"] if not check["ok"]]
        return answer.status == _READY, "\n".join(troubles) or str(found["status"])
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        return False, f"无应答 · no answer: {error!r}"
    finally:
        connection.close()


if __name__ == "__main__":
    well, words = ready()
    sys.stdout.write(words + "\n")
    sys.exit(not well)
