"""The log's form: one line for people or one JSON object for machines, and never a reader's words.

The text of an exception may hold what somebody said, so it is written only for kinds whose texts are ours or the
system's; of others the kind and the places in the program are told. ``python -X dev`` shows everything.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from server.errors import ServerError

Form = Literal["text", "json"]
ROOT: Final = Path(__file__).resolve().parents[1]
TELLING: Final = (ServerError, OSError, sqlite3.Error)
"""Kinds of exceptions whose text holds no reader's words."""
FRAMES: Final = 12


def set_up_log(form: Form) -> logging.Handler:
    """Warnings and worse of every part to standard error, in this form; the handler, to be taken off again."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(LogForm(form, tell_all=sys.flags.dev_mode))
    logging.getLogger().addHandler(handler)
    return handler


class LogForm(logging.Formatter):
    """A record as a line. ``tell_all``: with the texts of all exceptions."""

    def __init__(self, form: Form, tell_all: bool = False) -> None:
        super().__init__()
        self._form, self._tell_all = form, tell_all

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        body = self.describe(record)
        if self._form == "json":
            return json.dumps(body, ensure_ascii=False)
        error = f": {body['error']}" if "error" in body else ""
        frames = "".join(f"\n    {frame}" for frame in body.get("frames", ()))
        return f"{body['at']} {body['level']} {body['logger']}: {body['message']}{error}{frames}"

    def describe(self, record: logging.LogRecord) -> dict[str, Any]:
        """What is told of a record."""
        body: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
            "where": f"{_short(record.pathname)}:{record.lineno}",
        }
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            body["error"] = " from ".join(self.tell(one) for one in _chain(fault))
            found = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
            body["frames"] = [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in found]
        return body

    def tell(self, fault: BaseException) -> str:
        """An exception as far as it may be told."""
        name = type(fault).__name__
        if isinstance(fault, BaseExceptionGroup):
            return f"{name} of {', '.join(self.tell(one) for one in fault.exceptions[:5])}"
        return f"{name}: {fault}" if self._tell_all or isinstance(fault, TELLING) else name

    def _message(self, record: logging.LogRecord) -> str:
        args = record.args
        if isinstance(args, tuple) and args:
            told = tuple(self.tell(one) if isinstance(one, BaseException) else one for one in args)
            text = str(record.msg) % told
        else:
            text = record.getMessage()
        if record.name.split(".")[0] in ("asyncio", "uvicorn") and not self._tell_all:
            return text.splitlines()[0] if text else text  # what follows shows tasks with their exceptions' texts
        return text


def _chain(fault: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    now: BaseException | None = fault
    while now is not None and len(found) < 5:
        found.append(now)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return found


def _short(path: str) -> str:
    """A file of ours from its room on, any other by its name: no path of the machine."""
    where = Path(path)
    return where.relative_to(ROOT).as_posix() if where.is_relative_to(ROOT) and ".venv" not in path else where.name
