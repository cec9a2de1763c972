"""The librarian against conversations by someone who had not read her: accuracy, stability, speed, complex requests.

    python bench/dialogue.py [--set dialogue_held] [--home DIR] [--half seen] [--json] [--failures]

``dialogue_fresh`` is asked at two small libraries of its own (``small_homes.py``), not at ``--home``.

Every question is asked twice, in two fresh visits, and both answers must be the same. The rules of comparison are in
``bench/data/README.md``. Failures are looked at for ``dialogue_dev`` only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from questions import compare
from small_homes import make_small_home

from avatars.values import Memory, Question
from library.passages import find_text
from server import translate
from server.demo_home import make_demo_home
from server.home import Home, get_place, open_home
from spatial.route import Position

DATA = Path(__file__).with_name("data")
FRESH = "dialogue_fresh"
_FIGURE = re.compile(r"\d+(?:[:.]\d+)*")


def main() -> int:
    """Print the table; exit 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="dialogue_held", choices=["dialogue_held", "dialogue_dev", FRESH])
    parser.add_argument("--half", choices=["seen", "unseen"], help="of dialogue_fresh; default: both, apart")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--failures", action="store_true", help="print each failure")
    args = parser.parse_args()
    if args.set == FRESH:
        return _fresh(["seen", "unseen"] if args.half is None else [args.half], args)
    if args.home:
        report = measure(open_home(args.home), args.set)
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_demo_home(Path(folder) / "home", lambda step: None)
            report = measure(open_home(Path(folder) / "home"), args.set)
    failures = report.pop("failures")
    if args.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)
    if args.failures:
        for failure in failures:
            print(json.dumps(failure, ensure_ascii=False))
    return 0


def _fresh(halves: list[str], args: argparse.Namespace) -> int:
    """The set of the small libraries, a table for each half; failures are printed of the seen half only."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {}
        for name in sorted({row["home"] for row in _rows(FRESH)}):
            make_small_home(name, Path(folder) / name)
            homes[name] = open_home(Path(folder) / name)
        reports = {half: _measure_half(homes, half) for half in halves}
        for home in homes.values():
            home.close()
    failures = {half: report.pop("failures") for half, report in reports.items()}
    if args.json:
        print(json.dumps(reports, ensure_ascii=False))
    else:
        for half, report in reports.items():
            print(f"-- {half}")
            _print(report)
    for failure in failures.get("seen", []) if args.failures else []:
        print(json.dumps(failure, ensure_ascii=False))
    return 0


def _measure_half(homes: dict[str, Home], half: str) -> dict[str, Any]:
    rows = [row for row in _rows(FRESH) if row["half"] == half]
    return {**measure(homes, FRESH, rows), "half": half}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def _print(report: dict[str, Any]) -> None:
    print(f"{'category':16} {'right':>9}  {'intent too':>10}")
    for name, row in report["categories"].items():
        print(f"{name:16} {row['right']:4}/{row['asked']:<4}  {row['intent_too']:6}/{row['asked']}")
    for name, value in report["scores"].items():
        print(f"{name:32} {value}")


def measure(home: Home | dict[str, Home], name: str, rows: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Ask every item, or ``rows``; counts by category, the scores of the white paper, failures.

    ``home``: the library asked, or the libraries by the name that a row bears as its ``home``.

    ``citations_right``: share of the citations of documents that are the words of the document.
    ``citations_found``: share of the expected documents that were cited. Times are milliseconds for one turn.
    """
    rows = _rows(name) if rows is None else rows
    homes = home if isinstance(home, dict) else {"": home}
    for each in homes.values():
        ask(each, {"question": "hello"})
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"asked": 0, "right": 0, "intent_too": 0})
    tally: dict[str, int] = defaultdict(int)
    failures, times = [], []
    for row in rows:
        home = homes[row.get("home", "")]
        started = time.perf_counter()
        answers = ask(home, row)
        turns = row.get("turns", [row])
        times.append((time.perf_counter() - started) * 1000 / len(turns))
        same = [_said(a) for a in ask(home, row)] == [_said(a) for a in answers]
        tally["stable"] += same
        wrong: list[str] = []
        for number, (turn, answer) in enumerate(zip(turns, answers, strict=True)):
            found = compare_turn(answer, turn["expect"], answers)
            wrong += [f"turn {number + 1}: {w}" for w in found]
            _count(tally, answer, turn["expect"], home)
        count = counts[row["category"]]
        count["asked"] += 1
        count["right"] += not [w for w in wrong if " intent " not in w]
        count["intent_too"] += not wrong
        if wrong:
            failures.append(
                {
                    "id": row["id"],
                    "asked": [t["question"] for t in turns],
                    "wrong": wrong,
                    "said": [f"{a['intent']}: {a['text']}" for a in answers],
                    "why": row.get("why", ""),
                }
            )
    times.sort()
    total = {key: sum(c[key] for c in counts.values()) for key in ("asked", "right", "intent_too")}
    scores = {
        "right": f"{total['right']}/{total['asked']}",
        "right with intent": f"{total['intent_too']}/{total['asked']}",
        "first item right": _share(tally, "item"),
        "place right": _share(tally, "place"),
        "refused or asked back as it should": _share(tally, "refusal"),
        "complex requests": _share(tally, "steps"),
        "citations right": _share(tally, "cited"),
        "citations found": _share(tally, "recalled"),
        "figures without support": f"{tally['loose']}/{tally['figures']}",
        "stable": f"{tally['stable']}/{len(rows)}",
        "time p50 / p95 ms": f"{times[len(times) // 2]:.1f} / {times[int(len(times) * 0.95)]:.1f}",
    }
    return {"set": name, "categories": dict(counts), "scores": scores, "failures": failures}


def ask(home: Home, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to a row's turns, in one fresh visit, as the wire would carry them."""
    at = None
    if row.get("at"):
        place = get_place(home.plan, row["at"], "at")
        at = Position(place.point, place.ordinal)
    memory, answers = Memory(), []
    for earlier in row.get("history", ()):
        memory = home.dialogue.answer(Question(earlier, None, at), memory).memory
    for turn in row.get("turns", [row]):
        lang = turn.get("lang", row.get("lang"))
        reply = home.dialogue.answer(Question(turn["question"], lang if lang in ("zh", "en") else None, at), memory)
        memory = reply.memory
        answers.append(translate.answer(reply, "", home.plan).model_dump(mode="json"))
    return answers


def compare_turn(answer: dict[str, Any], expect: dict[str, Any], answers: list[dict[str, Any]]) -> list[str]:
    """What of one turn's answer is not as expected."""
    if expect.get("or_refused") and (answer["refused"] or answer["clarify"]):
        return []
    plain = {k: v for k, v in expect.items() if not (k in ("refused", "clarify") and v is None)}
    wrong = compare(answer, plain)
    for group in expect.get("sources", ()):
        if not any(_met(entry, answer) for entry in group):
            wrong.append(f"source none of {group[:2]}")
    if "from_turn" in expect:
        shown = answers[expect["from_turn"]["turn"] - 1]
        listed = shown["candidates"] or shown["items"]
        nth = expect["from_turn"]["nth"] - 1
        wanted = listed[nth].get("record_id") if nth < len(listed) else None
        first = answer["items"][0]["record_id"] if answer["items"] else None
        if wanted is None or first != wanted:
            wrong.append(f"first item {first}, not {wanted} of turn {expect['from_turn']['turn']}")
    wrong += [f"step {step}" for step in expect.get("steps", ()) if not _step_met(step, answer)]
    return wrong


def _met(entry: dict[str, Any], answer: dict[str, Any]) -> bool:
    if "feature_ids" in entry:
        return any(s["feature_id"] in entry["feature_ids"] for s in answer["sources"])
    return any(
        s["document"] == entry["document"] and entry["quote_has"] in (s["quote"] or "") for s in answer["sources"]
    )


def _step_met(step: dict[str, Any], answer: dict[str, Any]) -> bool:
    text = answer["text"].lower()
    if "any_record_ids" in step:
        ids = {x.get("record_id") for x in (*answer["items"], *answer["candidates"], *answer["sources"])}
        if not ids & set(step["any_record_ids"]):
            return False
    if "place_any" in step:
        place = answer["place"] or {"id": None, "name": {}}
        named = {place["id"], *place["name"].values()}
        if not named & set(step["place_any"]) and not any(p.lower() in text for p in step["place_any"]):
            return False
    if any(not any(word.lower() in text for word in group) for group in step.get("text_has", ())):
        return False
    return all(any(_met(entry, answer) for entry in group) for group in step.get("sources", ()))


def _count(tally: dict[str, int], answer: dict[str, Any], expect: dict[str, Any], home: Home) -> None:
    def score(key: str, right: bool) -> None:
        tally[key] += right
        tally[f"{key} of"] += 1

    first = answer["items"][0]["record_id"] if answer["items"] else None
    if "record_id" in expect or "any_record_ids" in expect:
        score("item", first in [expect.get("record_id"), *expect.get("any_record_ids", [])])
    if "place_any" in expect:
        place = answer["place"] or {"id": None, "name": {}}
        score("place", bool({place["id"], *place["name"].values()} & set(expect["place_any"])))
    if expect.get("refused") or expect.get("clarify") or expect.get("either"):
        score("refusal", answer["refused"] or answer["clarify"])
    if expect.get("steps"):
        score("steps", all(_step_met(step, answer) for step in expect["steps"]))
    quotes = [s for s in answer["sources"] if s["document"]]
    for source in quotes:
        score(
            "cited",
            (find_text(home.catalogue, source["document"]) or "")[source["start"] : source["end"]] == source["quote"],
        )
    for group in expect.get("sources", ()):
        if any("document" in entry for entry in group):
            score("recalled", any(_met(entry, answer) for entry in group))
    if quotes and answer["intent"] == "ask_fact" and not answer["steps"]:  # a plan also tells of shelves and ways
        held = " ".join(s["quote"] or "" for s in quotes)
        figures = _FIGURE.findall(answer["text"])
        tally["figures"] += len(figures)
        tally["loose"] += sum(f not in held for f in figures)


def _said(answer: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in answer.items() if k not in ("id", "of")}, ensure_ascii=False, sort_keys=True)


def _share(tally: dict[str, int], key: str) -> str:
    return f"{tally[key]}/{tally[f'{key} of']}"


if __name__ == "__main__":
    sys.exit(main())
