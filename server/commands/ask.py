"""``shelfway ask QUESTION``: one turn with the librarian, through the same code as the socket."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatars.reviewed import ReviewedMind
from avatars.values import Memory, Question
from server.commands.find import read_lines
from server.errors import CommandError
from server.settings import load_settings

if TYPE_CHECKING:
    from server.home import Home
    from spatial.route import Position

_TURNS_READ = 20
_LANGS = ("zh", "en")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("ask", help="ask the librarian")
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument("--lang", choices=_LANGS, help="language of the question; default: recognised")
    parser.add_argument("--at", metavar="PLACE", help="where the reader stands")
    parser.add_argument("--history", type=Path, metavar="FILE", help="a conversation to continue; the turn is appended")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="JSON lines of {question, lang?, at?, history?}")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer one question, or each of a batch."""
    from server.home import open_home

    if (args.question is None) == (args.batch is None):
        print("shelfway ask: give either QUESTION or --batch FILE", file=sys.stderr)
        return 2
    home = open_home(None, load_settings(args.home).settings)
    if args.batch is not None:
        for number, line in enumerate(read_lines(args.batch), start=1):
            print(
                json.dumps(_batched(home, line, f"{args.batch}, line {number}", args), ensure_ascii=False), flush=True
            )
        return 0
    body = answer_text(home, args.question, args.lang, args.at, args.history)
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
        return 0
    print(body["text"])
    for step in (body["route"] or {}).get("steps", ()):
        print(f"  - {step['text']}")
    return 0


def answer_text(
    home: Home, text: str, lang: str | None = None, at: str | None = None, history: Path | None = None
) -> dict[str, Any]:
    """The JSON document of one turn. Raises CommandError: unknown place, broken history."""
    position = _position(home, at)
    memory = _replay(home, _read_history(history)) if history is not None else Memory()
    body = _turn(home, text, lang, position, memory)[0]
    if history is not None:
        _append(history, text, lang, at, body)
    return body


def _turn(
    home: Home, text: str, lang: str | None, at: Position | None, memory: Memory
) -> tuple[dict[str, Any], Memory]:
    from server import translate

    text = text.encode("utf-8", "replace").decode("utf-8")
    question = Question(text, lang, at, datetime.now(), answer_in=lang)  # type: ignore[arg-type]
    mind = home.mind
    reply = mind.answer(question, memory)
    if isinstance(mind, ReviewedMind):
        mind.draft(question, reply)
    body = translate.answer(reply, "", home.plan).model_dump(mode="json", exclude={"type", "of", "utterance"})
    return {"question": text, **body}, reply.memory


def _position(home: Home, at: str | None) -> Position | None:
    from server.home import get_place
    from spatial.route import Position

    if at is None:
        return None
    if home.plan is None:
        raise CommandError("the home has no building, so --at means nothing; import a venue first", "no_plan", "--at")
    place = get_place(home.plan, at, "--at")
    return Position(place.point, place.ordinal)


def _batched(home: Home, line: str, where: str, args: argparse.Namespace) -> dict[str, Any]:
    try:
        asked = _asked(line, where)
        lang, at = asked.get("lang") or args.lang, asked.get("at") or args.at
        if lang not in (None, *_LANGS):
            raise CommandError(f"lang must be zh or en, not {lang!r}", "bad_batch", where)
        before = asked.get("history") or []
        if isinstance(before, str):
            return {**_ids(asked), **answer_text(home, asked["question"], lang, at, Path(before))}
        memory = _replay(home, [_earlier(turn, where) for turn in before])
        return {**_ids(asked), **_turn(home, asked["question"], lang, _position(home, at), memory)[0]}
    except CommandError as fault:
        body: dict[str, Any] = {"error": str(fault), "code": fault.code, "where": fault.where or where}
        if fault.candidates is not None:
            body["candidates"] = list(fault.candidates)
        return body


def _asked(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise CommandError('the line is not JSON; write {"question": …}', "bad_batch", where) from None
    if isinstance(value, str):
        return {"question": value}
    if not isinstance(value, dict):
        raise CommandError('the line is not a JSON object with "question"', "bad_batch", where)
    text = value.get("question", value.get("text", value.get("query")))
    if not isinstance(text, str):
        raise CommandError('the line has no text under "question"', "bad_batch", where)
    if not isinstance(value.get("at"), str | None) or not isinstance(value.get("lang"), str | None):
        raise CommandError('"at" and "lang" must be texts', "bad_batch", where)
    if not isinstance(value.get("history"), list | str | None):
        raise CommandError('"history" must be a list of earlier turns or a file', "bad_batch", where)
    return {**value, "question": text}


def _ids(asked: dict[str, Any]) -> dict[str, Any]:
    return {"id": asked["id"]} if "id" in asked else {}


def _read_history(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    turns = []
    for number, line in enumerate(read_lines(path), start=1):
        where = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except ValueError:
            raise CommandError("the line is not JSON; delete it or start a new history", "bad_history", where) from None
        turns.append(_earlier(value, where))
    return turns


def _earlier(turn: Any, where: str) -> dict[str, Any]:
    """One earlier turn: {"question", "lang"?, "at"?} or a plain text."""
    if isinstance(turn, str):
        return {"question": turn}
    if not isinstance(turn, dict) or not isinstance(turn.get("question"), str):
        raise CommandError('the line is not a JSON object with a text under "question"', "bad_history", where)
    if turn.get("lang") not in (None, *_LANGS) or not isinstance(turn.get("at"), str | None):
        raise CommandError('"lang" must be zh or en and "at" a place', "bad_history", where)
    return turn


def _replay(home: Home, turns: list[dict[str, Any]]) -> Memory:
    """The memory that the earlier turns leave: the same questions give the same answers, so they are asked again."""
    memory = Memory()
    for turn in turns[-_TURNS_READ:]:
        memory = _turn(home, turn["question"], turn.get("lang"), _position(home, turn.get("at")), memory)[1]
    return memory


def _append(path: Path, text: str, lang: str | None, at: str | None, body: dict[str, Any]) -> None:
    line = {"question": text, "lang": lang, "at": at, "answer": body}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
