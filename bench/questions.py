"""The librarian against questions written by someone who had not read her: a table by category, and each failure.

    python bench/questions.py [--home DIR] [--json] [--failures]

Without ``--home`` the demo home is made in a temporary folder. The rules of comparison are in ``bench/data/README.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from avatars.values import Memory, Question
from server import translate
from server.demo_home import make_demo_home
from server.home import Home, get_place, open_home
from spatial.route import Position

DATA = Path(__file__).with_name("data") / "questions.jsonl"


def main() -> int:
    """Print the table; exit 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--failures", action="store_true", help="print each failure")
    args = parser.parse_args()
    if args.home:
        report = measure(open_home(args.home))
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_demo_home(Path(folder) / "home", lambda step: None)
            report = measure(open_home(Path(folder) / "home"))
    if args.json:
        print(json.dumps(report, ensure_ascii=False))
        return 0
    print(f"{'category':14} {'right':>9}  {'intent too':>10}")
    for name, row in report["categories"].items():
        print(f"{name:14} {row['right']:4}/{row['asked']:<4}  {row['intent_too']:6}/{row['asked']}")
    total = report["total"]
    print(f"{'all':14} {total['right']:4}/{total['asked']:<4}  {total['intent_too']:6}/{total['asked']}")
    print(f"answer time: p50 {report['p50_ms']} ms, p95 {report['p95_ms']} ms")
    if args.failures:
        for failure in report["failures"]:
            print(json.dumps(failure, ensure_ascii=False))
    return 0


def measure(home: Home) -> dict[str, Any]:
    """Ask every question; counts by category, answer times in milliseconds, failures."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines() if line.strip()]
    _ask(home, {"question": "hello"})
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"asked": 0, "right": 0, "intent_too": 0})
    failures, times = [], []
    for row in rows:
        started = time.perf_counter()
        answer = _ask(home, row)
        times.append((time.perf_counter() - started) * 1000 / (1 + len(row.get("history", ()))))
        wrong = compare(answer, row["expect"])
        count = counts[row["category"]]
        count["asked"] += 1
        count["right"] += not [w for w in wrong if not w.startswith("intent")]
        count["intent_too"] += not wrong
        if wrong:
            said = {key: row[key] for key in ("id", "question", "history") if key in row}
            failures.append({**said, "wrong": wrong, "text": answer["text"], "intent": answer["intent"]})
    times.sort()
    total = {key: sum(c[key] for c in counts.values()) for key in ("asked", "right", "intent_too")}
    return {
        "total": total,
        "categories": dict(counts),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
        "failures": failures,
    }


def _ask(home: Home, row: dict[str, Any]) -> dict[str, Any]:
    at = None
    if row.get("at"):
        place = get_place(home.plan, row["at"], "at")
        at = Position(place.point, place.ordinal)
    lang = row.get("lang") if row.get("lang") in ("zh", "en") else None
    memory = Memory()
    for earlier in (*row.get("history", ()), row["question"]):
        reply = home.dialogue.answer(Question(earlier, lang, at), memory)
        memory = reply.memory
    return translate.answer(reply, "", home.plan).model_dump(mode="json")


def compare(answer: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    """What of the answer is not as expected, by the rules of the README beside the data."""
    wrong: list[str] = []
    text = answer["text"].lower()
    intents = expect.get("intent")
    if intents and answer["intent"] not in ([intents] if isinstance(intents, str) else intents):
        wrong.append(f"intent {answer['intent']}, not {intents}")
    if expect.get("either"):
        if not (answer["refused"] or answer["clarify"]):
            wrong.append("neither refused nor asked back")
    else:
        wrong += [f"{k} {answer[k]}" for k in ("refused", "clarify") if k in expect and answer[k] != expect[k]]
    first = answer["items"][0]["record_id"] if answer["items"] else None
    if "record_id" in expect and first != expect["record_id"]:
        wrong.append(f"first item {first}, not {expect['record_id']}")
    if "any_record_ids" in expect and first not in expect["any_record_ids"]:
        wrong.append(f"first item {first}, not one of {expect['any_record_ids']}")
    if "place_any" in expect:
        place = answer["place"] or {"id": None, "name": {}}
        if not {place["id"], *place["name"].values()} & set(expect["place_any"]):
            wrong.append(f"place {place['id']} {place['name']}, not {expect['place_any'][:3]}")
    for group in expect.get("text_has", ()):
        if not any(word.lower() in text for word in ([group] if isinstance(group, str) else group)):
            wrong.append(f"text lacks {group if isinstance(group, str) else group[:4]}")
    wrong += [f"text has {word}" for word in expect.get("text_lacks", ()) if word.lower() in text]
    if "source_document" in expect:
        wanted = expect["source_document"]
        names = {wanted} if isinstance(wanted, str) else set(wanted)
        if not names & {s["document"] for s in answer["sources"]}:
            wrong.append(f"source not {sorted(names)}")
    if expect.get("route") and (answer["route"] is None or answer["route"]["length_m"] is None):
        wrong.append("no route")
    if "candidates_have" in expect:
        ids = {c.get("record_id") or c.get("id") for c in answer["candidates"]}
        if len(ids & set(expect["candidates_have"])) < min(2, len(expect["candidates_have"])):
            wrong.append(f"candidates {sorted(ids)}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
