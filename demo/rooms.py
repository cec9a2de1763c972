"""The rooms of the demo library, level by level.

Every level is 60 × 40 m: a corridor runs east to west from y = 22 to 25, large halls lie south of it on both sides of
the atrium, smaller rooms north of it, and the core (stairs, lift, toilets) stands in the middle of the north side.
"""

from __future__ import annotations

from collections.abc import Iterator

from shapely.geometry import Polygon

from demo.drawing import ORDINALS, Room, block

OPEN = "Mo-Su 09:00-21:00; PH 10:00-18:00"
WHEELCHAIR = ("wheelchair",)

ESCALATOR = (24.5, 6.0, 26.0, 18.0)
ATRIUM = (24.5, 6.0, 35.5, 18.0)
VOID = (26.0, 6.0, 35.5, 18.0)


def _ring(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def build_rooms() -> tuple[Room, ...]:
    """All rooms of the three levels; those of one level never overlap and together fill it."""
    rooms = [*_ground(), *_second(), *_third()]
    for n in ORDINALS:
        rooms += _core(n)
    return tuple(rooms)


def _core(n: int) -> Iterator[Room]:
    """What stands in the same place on every level."""
    yield Room(f"corridor.{n}", n, "walkway", f"Level {n + 1} Corridor", f"{'一二三'[n]}层走廊", block(0, 22, 60, 25))
    yield Room(f"stairs.main.{n}", n, "stairs", "Main Stairs", "主楼梯", block(22, 25, 27.5, 32))
    yield Room(f"stairs.east.{n}", n, "stairs", "East Stairs", "东侧楼梯", block(55, 25, 60, 32))
    yield Room(
        f"lift.{n}",
        n,
        "elevator",
        "Lift",
        "电梯",
        block(27.5, 25, 30, 28),
        ("Elevator", "升降电梯"),
        accessibility=WHEELCHAIR,
    )
    yield Room(
        f"wc.accessible.{n}",
        n,
        "restroom.unisex.wheelchair",
        "Accessible Toilet",
        "无障碍卫生间",
        block(27.5, 28, 30, 32),
        accessibility=WHEELCHAIR,
    )
    yield Room(
        f"wc.passage.{n}",
        n,
        "walkway",
        f"Level {n + 1} Toilet Passage",
        f"{'一二三'[n]}层卫生间通道",
        block(30, 25, 32, 35),
    )
    yield Room(f"wc.women.{n}", n, "restroom.female", "Women's Toilet", "女卫生间", block(32, 25, 38, 30))
    yield Room(f"wc.men.{n}", n, "restroom.male", "Men's Toilet", "男卫生间", block(32, 30, 38, 35))
    yield Room(
        f"plant.{n}",
        n,
        "nonpublic",
        f"Plant Room {n + 1}",
        f"{'一二三'[n]}层设备间",
        block(22, 32, 30, 35),
        restriction="employeesonly",
    )


def _ground() -> Iterator[Room]:
    yield Room("vestibule", 0, "lobby", "Vestibule", "门厅", block(27, 0, 33, 3))
    outer = [(22, 0), (27, 0), (27, 3), (33, 3), (33, 0), (38, 0), (38, 22), (22, 22)]
    yield Room(
        "hall",
        0,
        "lobby",
        "Entrance Hall",
        "入口大厅",
        Polygon(outer, [_ring(*ESCALATOR)]),
        occupied=True,
        hours=OPEN,
        label_at=(30, 10.9),
    )
    yield Room("escalator.0", 0, "escalator", "Escalator", "自动扶梯", block(*ESCALATOR))
    yield Room(
        "children",
        0,
        "library",
        "Children's Library",
        "少儿图书馆",
        block(0, 0, 22, 22),
        ("Kids' Library", "儿童阅览室"),
        occupied=True,
        hours="Mo-Fr 09:00-19:00; Sa,Su 09:00-20:00; PH 10:00-18:00",
        label_at=(8.8, 12.0),
    )
    yield Room(
        "cafe",
        0,
        "foodservice",
        "Café",
        "咖啡厅",
        block(38, 0, 54, 10.4),
        ("Page One Café", "书页咖啡厅"),
        occupied=True,
        hours="Mo-Su 09:00-20:00; PH 10:00-18:00",
        occupant_category="cafe",
        label_at=(46.2, 6.9),
    )
    yield Room(
        "kitchen", 0, "kitchen", "Café Kitchen", "咖啡厅厨房", block(54, 0, 60, 10.4), restriction="employeesonly"
    )
    yield Room(
        "exhibition",
        0,
        "unspecified",
        "Exhibition Hall",
        "展览厅",
        block(38, 10.4, 60, 22),
        ("Gallery", "展厅"),
        occupied=True,
        hours="Tu-Su 10:00-18:00",
        label_at=(46.6, 18.0),
    )
    yield Room("parents", 0, "mothersroom", "Parent and Baby Room", "母婴室", block(0, 25, 5, 31))
    paper = [(5, 25), (22, 25), (22, 40), (0, 40), (0, 31), (5, 31)]
    yield Room(
        "papers",
        0,
        "library",
        "Newspaper Reading Room",
        "报刊阅览室",
        Polygon(paper),
        ("Magazine Room", "期刊阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(11.5, 33.6),
    )
    yield Room(
        "staff",
        0,
        "office",
        "Staff Office",
        "馆员办公室",
        block(22, 35, 38, 40),
        restriction="employeesonly",
        occupied=True,
        hours="Mo-Fr 09:00-17:30",
    )
    yield Room(
        "lecture",
        0,
        "auditorium",
        "Lecture Hall",
        "报告厅",
        Polygon([(38, 25), (55, 25), (55, 40), (38, 40)]),
        occupied=True,
        accessibility=("hearingloop", "wheelchair"),
        label_at=(46.5, 36.5),
    )
    yield Room(
        "store.0", 0, "storage", "Lecture Hall Store", "报告厅库房", block(55, 32, 60, 40), restriction="employeesonly"
    )


def _gallery(n: int, hole: tuple[float, float, float, float]) -> Polygon:
    return Polygon(_ring(22, 0, 38, 22), [_ring(*hole)])


def _second() -> Iterator[Room]:
    yield Room(
        "gallery.1", 1, "walkway", "Level 2 Atrium Gallery", "二层中庭回廊", _gallery(1, ATRIUM), label_at=(30, 4.6)
    )
    yield Room("escalator.1", 1, "escalator", "Escalator", "自动扶梯", block(*ESCALATOR))
    yield Room("void.1", 1, "opentobelow", "Atrium Void, Level 2", "二层中庭上空", block(*VOID))
    yield Room(
        "2A",
        1,
        "library",
        "Chinese Collection A–H",
        "中文图书阅览室（A–H）",
        block(0, 0, 22, 22),
        ("Reading Room 2A", "2A阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(12.9, 3.4),
    )
    yield Room(
        "2B",
        1,
        "library",
        "Chinese Literature and Arts Room",
        "中文文学艺术阅览室",
        block(38, 0, 60, 22),
        ("Reading Room 2B", "2B阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(47.1, 3.4),
    )
    yield Room(
        "quiet",
        1,
        "library",
        "Quiet Room",
        "静音自习室",
        block(0, 25, 10, 40),
        ("Silent Study Room", "静音室"),
        occupied=True,
        hours=OPEN,
        label_at=(5.2, 28.5),
    )
    yield Room("group.passage", 1, "walkway", "Group Room Passage", "小组研讨室通道", block(10, 25, 12, 40))
    for i in range(4):
        yield Room(
            f"group.{201 + i}",
            1,
            "huddleroom",
            f"Group Room {201 + i}",
            f"小组研讨室{201 + i}",
            block(12, 25 + 3.75 * i, 22, 28.75 + 3.75 * i),
            occupied=True,
            hours=OPEN,
        )
    yield Room("storage", 1, "storage", "Storage Room", "储藏室", block(22, 35, 38, 40), restriction="employeesonly")
    yield Room(
        "computers",
        1,
        "room",
        "Computer Room",
        "电子阅览室",
        block(38, 25, 47, 40),
        ("PC Room", "计算机室"),
        occupied=True,
        hours="Mo-Su 09:00-20:30; PH 10:00-18:00",
        label_at=(42.5, 30.2),
    )
    media = [(47, 25), (55, 25), (55, 40), (47, 40)]
    yield Room(
        "media",
        1,
        "room",
        "Multimedia Room",
        "多媒体室",
        Polygon(media),
        ("Audio-visual Room", "视听室"),
        occupied=True,
        hours="Mo-Su 09:00-20:30; PH 10:00-18:00",
    )
    yield Room(
        "recording",
        1,
        "room",
        "Recording Studio",
        "录音室",
        block(55, 32, 60, 40),
        occupied=True,
        hours="Tu-Su 10:00-18:00",
        label_at=(57.5, 33.6),
    )


def _third() -> Iterator[Room]:
    yield Room(
        "gallery.2", 2, "walkway", "Level 3 Atrium Gallery", "三层中庭回廊", _gallery(2, ATRIUM), label_at=(30, 4.6)
    )
    yield Room("void.2", 2, "opentobelow", "Atrium Void, Level 3", "三层中庭上空", block(*ATRIUM))
    yield Room(
        "3A",
        2,
        "library",
        "Chinese Collection K–Z",
        "中文图书阅览室（K–Z）",
        block(0, 0, 22, 22),
        ("Reading Room 3A", "3A阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(12.9, 3.4),
    )
    yield Room(
        "3B",
        2,
        "library",
        "English Collection",
        "英文图书阅览室",
        block(38, 0, 60, 22),
        ("Reading Room 3B", "3B阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(47.1, 3.4),
    )
    yield Room(
        "reference",
        2,
        "library",
        "Reference Room",
        "参考阅览室",
        block(0, 25, 13, 40),
        ("Reading Room 3R", "工具书阅览室"),
        occupied=True,
        hours=OPEN,
        label_at=(6.8, 34.2),
    )
    yield Room(
        "local",
        2,
        "library",
        "Local History Room",
        "地方文献室",
        block(13, 25, 22, 40),
        occupied=True,
        hours="Tu-Sa 09:30-17:00",
        label_at=(18.1, 31.0),
    )
    yield Room(
        "conservation",
        2,
        "office",
        "Conservation Workshop",
        "古籍修复室",
        block(22, 35, 38, 40),
        restriction="employeesonly",
    )
    yield Room("study.passage", 2, "walkway", "Study Room Passage", "研习间通道", block(45.5, 25, 47.5, 40))
    for i in range(4):
        yield Room(
            f"study.{301 + i}",
            2,
            "room",
            f"Study Room {301 + i}",
            f"研习间{301 + i}",
            block(38, 25 + 3.75 * i, 45.5, 28.75 + 3.75 * i),
            occupied=True,
            hours=OPEN,
        )
    for i in range(2):
        yield Room(
            f"study.{305 + i}",
            2,
            "room",
            f"Study Room {305 + i}",
            f"研习间{305 + i}",
            block(47.5, 25 + 3.5 * i, 55, 28.5 + 3.5 * i),
            occupied=True,
            hours=OPEN,
        )
    yield Room(
        "seminar",
        2,
        "conferenceroom",
        "Seminar Room",
        "研讨会议室",
        block(47.5, 32, 60, 40),
        occupied=True,
        hours=OPEN,
        label_at=(53.7, 33.0),
    )
