"""A painting worker in a process of its own, with a painter that waits at its second step for a file.

``python -m tests.contract.painting_process URL NAME FOLDER``: writes ``FOLDER/begun-N`` when the N-th painting of this
folder comes to the step, goes on when ``FOLDER/open`` lies there; keeps worlds in ``FOLDER/store``.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any, cast

from assets.painters.scripted import ScriptedPainter
from assets.store import Store
from assets.store_files import FolderFiles
from server.painting import PaintingWorker
from server.settings import Settings
from server.worlds import Worlds

HEARTBEAT_S = 1.0


def make_worlds(folder: Path, painter: Any) -> Worlds:
    settings = Settings(home=folder, world_width_px=256)
    return Worlds(cast(Any, None), settings, Store(FolderFiles(folder / "store")), painter)


def main(url: str, name: str, folder: Path) -> None:
    waiting = threading.Event()

    def before(step: int) -> None:
        if step == 1:
            number = len(list(folder.glob("begun-*"))) + 1
            (folder / f"begun-{number}").touch()
            while not (folder / "open").exists():
                waiting.wait(0.01)

    worlds = make_worlds(folder, ScriptedPainter(before=before))
    asyncio.run(PaintingWorker(worlds, url, name, HEARTBEAT_S).run())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
