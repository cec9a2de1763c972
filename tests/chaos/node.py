"""One scripted server as a process of its own, so that it can be killed: python -m tests.chaos.node PORT REDIS_URL."""

from __future__ import annotations

import sys

from server.app import build_app
from server.hub_redis import RedisHub
from server.serving import ShelfwayServer, bind, make_config
from tests.server.world import make_parts


def main() -> None:
    """Serve until SIGTERM."""
    port, url = int(sys.argv[1]), sys.argv[2]
    parts = make_parts(hub_url=url)
    parts.hub = RedisHub(url)
    taken = bind(parts.settings.model_copy(update={"port": port}))
    ShelfwayServer(make_config(build_app(lambda: parts), log_level="critical"), lambda _: None).run([taken])


if __name__ == "__main__":
    main()
