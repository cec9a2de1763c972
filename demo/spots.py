"""The points of use in the demo library (IMDF amenities) and the parts of rooms with a name (sections)."""

from __future__ import annotations

from collections.abc import Iterator

from demo.drawing import ORDINALS, Spot, Zone, block

WHEELCHAIR = ("wheelchair",)


def _level(n: int, en: str, zh: str) -> tuple[str, str]:
    """The name with its level: "Drinking Fountain, Level 2" / 二层饮水机."""
    return f"{en}, Level {n + 1}", f"{'一二三'[n]}层{zh}"


def build_spots() -> tuple[Spot, ...]:
    """All amenities. Lift and stairs carry a ``group``: one correlation id for all their levels.

    The escalator has none: which way it runs is told by its directed relationship alone.
    """
    spots = [*_ground(), *_upper()]
    for n in ORDINALS:
        spots += _everywhere(n)
    return tuple(spots)


def _spot(
    key: str,
    n: int,
    category: str,
    room: str,
    at: tuple[float, float],
    en: str,
    zh: str,
    group: str | None = None,
    accessibility: tuple[str, ...] = (),
) -> Spot:
    return Spot(f"{key}.{n}", n, category, room, at, en, zh, group, accessibility, _level(n, en, zh))


def _everywhere(n: int) -> Iterator[Spot]:
    yield _spot("lift", n, "elevator", f"lift.{n}", (28.75, 26.5), "Lift", "电梯", "lift", ("wheelchair", "braille"))
    yield _spot("stairs.main", n, "stairs", f"stairs.main.{n}", (24.75, 27.5), "Main Stairs", "主楼梯", "stairs.main")
    yield _spot("stairs.east", n, "stairs", f"stairs.east.{n}", (57.5, 27.5), "East Stairs", "东侧楼梯", "stairs.east")
    yield _spot("wc.women", n, "restroom.female", f"wc.women.{n}", (32.8, 27.8), "Women's Toilet", "女卫生间")
    yield _spot("wc.men", n, "restroom.male", f"wc.men.{n}", (32.8, 32.2), "Men's Toilet", "男卫生间")
    yield _spot(
        "wc.accessible",
        n,
        "restroom.unisex.wheelchair",
        f"wc.accessible.{n}",
        (29.0, 29.6),
        "Accessible Toilet",
        "无障碍卫生间",
        None,
        WHEELCHAIR,
    )
    yield _spot("fountain", n, "drinkingfountain", f"corridor.{n}", (33.4, 24.2), "Drinking Fountain", "饮水机")
    yield _spot(
        "defibrillator", n, "defibrillator", f"corridor.{n}", (27.2, 24.7), "Defibrillator", "自动体外除颤器（AED）"
    )
    yield _spot("extinguisher.w", n, "fireextinguisher", f"corridor.{n}", (6.0, 24.8), "Fire Extinguisher", "灭火器")
    yield _spot("extinguisher.e", n, "fireextinguisher", f"corridor.{n}", (54.0, 24.8), "Fire Extinguisher", "灭火器")


def _ground() -> Iterator[Spot]:
    yield Spot("entry", 0, "entry", "hall", (30.0, 3.6), "Main Entrance", "正门", accessibility=WHEELCHAIR)
    yield Spot(
        "information",
        0,
        "information",
        "hall",
        (30.0, 12.2),
        "Information Desk",
        "总服务台",
        accessibility=("hearingloop", "wheelchair"),
        alt=("Help Desk", "服务台"),
    )
    yield Spot("lostfound", 0, "lostandfound", "hall", (31.2, 12.2), "Lost Property", "失物招领处")
    yield Spot("firstaid", 0, "firstaid", "hall", (28.8, 12.2), "First Aid", "急救点")
    yield _spot("escalator", 0, "escalator", "escalator.0", (25.25, 7.5), "Escalator", "自动扶梯")
    yield Spot(
        "self",
        0,
        "service",
        "hall",
        (36.7, 8.9),
        "Self-service Borrowing and Returns",
        "自助借还区",
        accessibility=WHEELCHAIR,
    )
    yield _spot("lockers", 0, "coinlocker", "hall", (37.1, 19.2), "Lockers", "存包柜")
    yield _spot("copier", 0, "copymachine", "hall", (23.1, 12.5), "Copier and Printer", "自助打印复印机")
    yield _spot("power", 0, "powerchargingstation", "hall", (22.9, 16.4), "Charging Point", "充电处")
    yield Spot("vending", 0, "vendingmachine", "corridor.0", (21.0, 23.9), "Vending Machine", "自动售货机")
    yield Spot("meeting", 0, "meetingpoint", "hall", (24.0, 4.0), "Tour Meeting Point", "导览集合点")
    yield Spot("desk.children", 0, "reception.desk", "children", (20.2, 12.2), "Children's Desk", "少儿服务台")
    yield Spot("baby", 0, "babychanging", "parents", (1.4, 29.9), "Baby Changing Table", "婴儿护理台")


def _upper() -> Iterator[Spot]:
    yield _spot("escalator", 1, "escalator", "escalator.1", (25.25, 16.5), "Escalator", "自动扶梯")
    yield _spot("lockers", 1, "coinlocker", "corridor.1", (36.1, 24.1), "Lockers", "存包柜")
    yield Spot("refuge.1", 1, "mobilityrescue", "stairs.east.1", (59.2, 25.8), "Refuge Point", "无障碍避难等候点")
    yield Spot("refuge.2", 2, "mobilityrescue", "stairs.east.2", (59.2, 25.8), "Refuge Point", "无障碍避难等候点")
    for n, west, east in ((1, "2A", "2B"), (2, "3A", "3B")):
        yield _spot("copier.w", n, "copymachine", west, (20.9, 15.1), "Copier and Printer", "自助打印复印机")
        yield _spot("copier.e", n, "copymachine", east, (39.1, 15.1), "Copier and Printer", "自助打印复印机")
        yield _spot("power.w", n, "powerchargingstation", west, (21.1, 9.6), "Charging Point", "充电处")
        yield _spot("power.e", n, "powerchargingstation", east, (38.9, 9.6), "Charging Point", "充电处")
        for room, x, middle in ((west, 20.0, "desk.w"), (east, 40.0, "desk.e")):
            yield Spot(f"{middle}.{n}", n, "reception.desk", room, (x, 11.8), f"{room} Enquiry Desk", f"{room}咨询台")


def build_zones() -> tuple[Zone, ...]:
    """Parts of rooms that readers know by name."""
    return (
        Zone("zone.story", 0, "seating", "Story Corner", "故事角", block(0, 0, 5, 5)),
        Zone("zone.newbooks", 0, "information", "New Books", "新书推荐区", block(27, 8.3, 33.6, 10.5)),
        Zone("zone.2A", 1, "seating", "Reading Zone 2A", "2A阅览区", block(0, 0, 18.5, 6.6)),
        Zone("zone.2B", 1, "seating", "Reading Zone 2B", "2B阅览区", block(41.5, 0, 60, 6.6)),
        Zone("zone.3A", 2, "seating", "Reading Zone 3A", "3A阅览区", block(0, 0, 18.5, 6.6)),
        Zone("zone.3B", 2, "seating", "Reading Zone 3B", "3B阅览区", block(41.5, 0, 60, 6.6)),
    )
