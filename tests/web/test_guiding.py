"""Being led: the way on the plan, walking, leaving it, arriving."""

from __future__ import annotations

import itertools
from math import hypot


def start_guide(kiosk) -> None:
    kiosk.ask("Where is Fluent Python?")
    kiosk.get("take-me").first.click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")


def test_the_way_is_drawn_where_it_lies(open_kiosk):
    kiosk = open_kiosk()
    start_guide(kiosk)
    assert kiosk.snapshot()["level"] == 0, "the plan shows where the way begins"
    kiosk.page.wait_for_timeout(1100)
    path = kiosk.page.evaluate(
        """() => { const p = document.querySelector('[data-testid=route]'); const m = p.getPointAtLength(0);
                  const n = p.getPointAtLength(p.getTotalLength());
                  return {length: p.getTotalLength(), start: [m.x, m.y], end: [n.x, n.y]}; }"""
    )
    assert path["start"] == [1.5, -14.5]
    assert [round(v, 3) for v in path["end"]] == [-1.5, 6.5]
    assert 21 < path["length"] < 23, "metres of the way on this level"
    assert "Level 3" in kiosk.get("crossing").text_content()
    box = kiosk.get("crossing").bounding_box()
    kiosk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 14)
    kiosk.until(lambda s: s["level"] == 2, "the level above")
    assert kiosk.get("goal-bay").count() == 1
    steps = kiosk.get("steps").locator("li")
    assert steps.count() >= 6
    assert "lift to level 3" in steps.nth(1).inner_text()


def test_walking_makes_progress_over_levels_and_arrives(open_kiosk, script):
    kiosk = open_kiosk()
    start_guide(kiosk)
    length = kiosk.snapshot()["remaining_m"]
    kiosk.get("speed-4").click()
    kiosk.get("walk").click()
    kiosk.until(lambda s: s["remaining_m"] < length - 8, "progress")
    assert kiosk.get("walk").inner_text() == "Pause"
    kiosk.until(lambda s: s["level"] == 2 and s["here"]["level"] == 2, "the ride up", 20)
    kiosk.until(lambda s: s["arrived"], "the arrival", 20)
    snapshot = kiosk.snapshot()
    assert not snapshot["walking"]
    assert "third bay" in kiosk.get("arrived").inner_text()
    assert "third bay" in snapshot["caption"], "captions are always on, also for what is not spoken"
    assert kiosk.get("goal-bay").is_visible()
    poses = [p for p in script.of_type("pose") if p["level"] == 0]
    strides = [hypot(b["east_m"] - a["east_m"], b["north_m"] - a["north_m"]) for a, b in itertools.pairwise(poses)]
    assert max(strides) < 2.0, "no jumps: at ×4 the reader goes 5.6 m/s and is heard 10 times a second"
    assert poses[5]["heading_deg"] is not None
    kiosk.get("stop-guide").click()
    assert kiosk.snapshot()["revision"] is None


def test_pausing_stands_still(open_kiosk):
    kiosk = open_kiosk()
    start_guide(kiosk)
    kiosk.get("walk").click()
    kiosk.until(lambda s: s["here"]["north_m"] > -13.5, "the first metre")
    kiosk.get("walk").click()
    kiosk.page.wait_for_timeout(100)
    before = kiosk.snapshot()["here"]
    kiosk.page.wait_for_timeout(400)
    assert kiosk.snapshot()["here"] == before


def test_leaving_the_path_brings_a_new_way_that_is_walked(open_kiosk):
    kiosk = open_kiosk()
    start_guide(kiosk)
    kiosk.get("speed-4").click()
    kiosk.get("walk").click()
    kiosk.until(lambda s: s["here"]["north_m"] > -9, "some metres")
    kiosk.get("leave-path").click()
    kiosk.until(lambda s: s["revision"] == 2, "a new way", 10)
    assert "New way" in kiosk.get("now").inner_text()
    kiosk.until(lambda s: s["arrived"], "the arrival by the new way", 30)


def test_dragging_the_mark_moves_the_reader(open_kiosk, script):
    kiosk = open_kiosk()
    box = kiosk.get("here").locator(".here-dot").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    kiosk.page.mouse.move(x, y)
    kiosk.page.mouse.down()
    kiosk.page.mouse.move(x + 60, y - 40, steps=6)
    kiosk.page.mouse.up()
    here = kiosk.snapshot()["here"]
    assert here["east_m"] > 1.5
    assert here["north_m"] > -14.5
    assert abs(script.of_type("pose")[-1]["east_m"] - here["east_m"]) < 1e-6


def test_a_touched_shelf_can_be_walked_to(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.page.locator("[data-range='1C-05'] .shelf-body").click(force=True)
    assert "1C-0" in kiosk.get("picked").inner_text()
    kiosk.get("picked-go").click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    assert script.of_type("guide")[0]["to"].startswith("1C-0")


def test_step_free_asks_for_another_way(open_kiosk, script):
    kiosk = open_kiosk()
    start_guide(kiosk)
    kiosk.get("step-free").check(force=True)
    kiosk.page.wait_for_timeout(300)
    assert [g["profile"] for g in script.of_type("guide")] == ["walk", "step-free"]
    assert kiosk.snapshot()["revision"] == 1, "the way is led on, not ended by the one that was replaced"


def test_the_way_is_told_in_the_language_that_is_chosen(open_kiosk):
    kiosk = open_kiosk()
    start_guide(kiosk)
    kiosk.get("lang-zh").click()
    kiosk.page.get_by_text("沿入口大厅直走").first.wait_for()
    assert "书架3A-22" in kiosk.get("directions").inner_text()


def test_the_plan_zooms_pans_and_comes_back(open_kiosk):
    kiosk = open_kiosk()
    scale = "() => Number(document.querySelector('.world').getAttribute('transform').match(/matrix\\(([-\\d.]+)/)[1])"
    whole = kiosk.page.evaluate(scale)
    kiosk.get("zoom-in").click()
    kiosk.page.wait_for_timeout(600)
    assert kiosk.page.evaluate(scale) > whole * 1.4
    kiosk.get("plan").hover(position={"x": 500, "y": 400})
    kiosk.page.mouse.wheel(0, -400)
    assert kiosk.page.evaluate(scale) > whole * 2
    kiosk.get("reset-view").click()
    kiosk.page.wait_for_timeout(600)
    assert abs(kiosk.page.evaluate(scale) - whole) < 0.01
