"""Names of servers, looked up beside the caller: who gives up waiting does not leave a lookup that nobody ends.

uvloop looks a name up inside its own connecting; when that is cancelled it reports the lookup's failure, much later, as
an error that nobody retrieved. A lookup takes a thread, of which there are few: who asks for the same name shares it.
"""

import asyncio
from weakref import WeakKeyDictionary

_asked: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Future[object]]] = WeakKeyDictionary()


async def resolved(host: str) -> None:
    """Comes back once the name has an address.

    Raises:
        OSError: it has none.
    """
    loop = asyncio.get_running_loop()
    asked = _asked.setdefault(loop, {})
    if host not in asked:
        asked[host] = asyncio.ensure_future(loop.getaddrinfo(host, None))
        asked[host].add_done_callback(lambda _: asked.pop(host, None))
    await asyncio.shield(asked[host])
