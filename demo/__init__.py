"""A small bilingual library of our own making: building, shelves, catalogue, documents and persona.

Building, shelves and catalogue in ``demo/data`` are made by ``python -m demo.make`` from the sources in this package;
documents, persona and settings there are written by hand.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path


def data_folder() -> Path:
    """The folder of the demo's data as a real path; FileNotFoundError when the package was installed without it."""
    with as_file(files(__name__) / "data") as folder:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is missing: run `python -m demo.make` or install the whole package")
        return folder
