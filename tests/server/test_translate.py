"""Every exception of every room has a public code, and clients never see its text."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from avatars.engines import EngineError, EngineMissing
from server import refusals, translate
from server.workers import BusyError, LimitError
from wire.codes import list_codes

ROOMS = ("wire", "spatial", "library", "avatars", "server")
PRIVATE = {
    "server.socket.EndError",  # how a connection's tasks end; never leaves server/socket.py
    "server.journeys.guide.RefusedError",  # carries its own code
}


def exceptions_of_rooms() -> list[type[Exception]]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if module.name.rsplit(".", 1)[1] not in ("__main__",):
                try:
                    importlib.import_module(module.name)
                except ModuleNotFoundError as absent:
                    if (absent.name or "").split(".")[0] in ROOMS:
                        raise
                    # else an engine whose package is not installed
    found, waiting = [], [Exception]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            waiting.append(cls)
            if cls.__module__.split(".")[0] in ROOMS:
                found.append(cls)
    return found


def test_every_exception_has_a_public_code() -> None:
    without = []
    for cls in exceptions_of_rooms():
        names = {f"{c.__module__}.{c.__qualname__}" for c in cls.__mro__}
        if not names & (set(translate.CODES) | PRIVATE):
            without.append(f"{cls.__module__}.{cls.__qualname__}")
    assert without == []


def test_every_exception_that_a_command_may_meet_has_a_code() -> None:
    without = []
    for cls in exceptions_of_rooms():
        names = {f"{c.__module__}.{c.__qualname__}" for c in cls.__mro__}
        room = cls.__module__.split(".")[0]
        if room in ("spatial", "library", "avatars") and not names & set(refusals.CODES):
            without.append(f"{cls.__module__}.{cls.__qualname__}")
    assert without == []


def test_the_tables_name_only_codes_and_languages_that_exist() -> None:
    assert set(translate.CODES.values()) | set(translate.SENTENCES) <= set(list_codes())
    for texts in translate.SENTENCES.values():
        assert set(texts) == {"en", "zh"}


@pytest.mark.parametrize(
    ("fault", "doing", "code"),
    [
        (BusyError("9 jobs wait for thinking"), "think", "busy"),
        (LimitError("thinking took more than 15 s"), "think", "timed_out"),
        (EngineError("segfault at 0x0"), "speak", "speaking_unavailable"),
        (EngineMissing("no pocketsphinx"), "hear", "listening_unavailable"),
        (ZeroDivisionError("division by zero"), None, "internal"),
        (KeyError("secret"), "speak", "speaking_unavailable"),
    ],
)
def test_clients_get_a_code_and_a_sentence_never_the_cause(fault: Exception, doing: str | None, code: str) -> None:
    for lang in ("en", "zh"):
        message = translate.error_message(fault, lang, "q1", doing)  # type: ignore[arg-type]
        assert (message.code, message.of) == (code, "q1")
        assert str(fault) not in message.message
        assert message.message == translate.SENTENCES[message.code][lang]  # type: ignore[index]
