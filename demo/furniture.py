"""What stands in the rooms of the demo library: desks, tables, machines, columns, and the bodies of the shelving."""

from __future__ import annotations

from collections.abc import Iterator

from shapely.geometry import Polygon, box

from demo.drawing import ORDINALS, Stand, Thing, block, disc, mirrored, numbered, quarter
from demo.shelving import build_rows

TABLE = ("Reading table", "阅览桌")
COLUMN_M = 0.5


def build_things() -> tuple[Thing, ...]:
    """All fixtures of the three levels."""
    things = [*_ground_hall(), *_ground_wings(), *_ground_north(), *_second_north(), *_third_north()]
    for n in ORDINALS:
        things += _columns(n)
        things += _core(n)
    for n in (1, 2):
        things += _hall(n)
    for row in build_rows():
        first, second = row.faces
        pair = f"{first}/{second.split('-')[1]}"
        things.append(Thing(f"row.{first}", row.ordinal, "furniture", row.shape, f"Shelf {pair}", f"书架 {pair}"))
    return tuple(things)


def build_stands() -> tuple[Stand, ...]:
    """All kiosks; the guide kiosk near the entrance is where the demo stands."""
    stands = [Stand("kiosk", 0, "Kiosk", "导览机", block(33.3, 5.6, 34.0, 6.2), ("AR Guide Kiosk", "AR导览机"))]
    for i in range(3):
        stands.append(
            Stand(
                f"self.{i + 1}",
                0,
                f"Self-service Machine {i + 1}",
                f"自助借还机{i + 1}",
                block(37.3, 7.0 + 1.6 * i, 37.9, 7.7 + 1.6 * i),
            )
        )
    stands.append(Stand("self.4", 1, "Self-service Machine 4", "自助借还机4", block(22.1, 10.6, 22.7, 11.3)))
    stands.append(Stand("self.5", 2, "Self-service Machine 5", "自助借还机5", block(22.1, 10.6, 22.7, 11.3)))
    return tuple(stands)


def _square(x: float, y: float, side: float = COLUMN_M) -> Polygon:
    return block(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def _columns(n: int) -> Iterator[Thing]:
    spots = [(x, y) for x in (26.25, 35.25) for y in (6.25, 12.0, 17.75)]
    spots += [(x, y) for x in (8.55, 17.85, 42.15, 51.45) for y in (3.2, 10.4, 17.6)]
    if n == 0:
        spots = [(x, y) for x, y in spots if not (x > 40 and y == 10.4)]  # those stand in the café's wall
    if n == 2:
        spots = [(x, y) for x, y in spots if not 20 < x < 40] + [(x, y) for x in (26.25, 35.25) for y in (6.25, 17.75)]
    yield from numbered(f"column.{n}", n, "obstruction", "Column", "柱", [_square(x, y) for x, y in spots])


def _core(n: int) -> Iterator[Thing]:
    """Stalls, basins and the fountain, alike on every level."""
    walls, pans = [], []
    for y0, y1, back in ((25.0, 30.0, 25.0), (30.0, 35.0, 35.0)):
        inner = y0 if back == y0 else y1
        sign = 1 if back == y0 else -1
        for i in range(4):
            x = 33.6 + 1.1 * i
            walls.append(block(x - 0.03, inner, x + 0.03, inner + sign * 1.6))
            pans.append(block(x + 0.35, inner, x + 0.75, inner + sign * 0.65))
    yield from numbered(f"partition.{n}", n, "wall", "Stall partition", "隔断", walls)
    yield from numbered(f"pan.{n}", n, "equipment", "Toilet", "便器", pans)
    basins = [block(33.5, 29.5, 37.5, 29.95), block(33.5, 30.05, 37.5, 30.5)]
    yield from numbered(f"basin.{n}", n, "equipment", "Washbasins", "洗手台", basins)
    yield from numbered(f"wc.{n}", n, "equipment", "Toilet", "便器", [block(27.6, 31.2, 28.0, 31.9)])
    yield Thing(f"fountain.{n}", n, "equipment", block(33.0, 24.55, 33.8, 25.0), "Drinking fountain", "饮水机")


def _ground_hall() -> Iterator[Thing]:
    desk = Polygon(
        [(28.4, 13.2), (28.9, 12.7), (31.1, 12.7), (31.6, 13.2), (31.6, 13.8), (31.1, 14.3), (28.9, 14.3), (28.4, 13.8)]
    )
    yield Thing("desk.information", 0, "desk", desk, "Information Desk counter", "总服务台柜台")
    sofas = [block(27.4, 16.2, 29.2, 17.0), block(27.4, 18.4, 29.2, 19.2)]
    sofas += [mirrored(sofa) for sofa in sofas]
    yield from numbered("sofa.0", 0, "furniture", "Sofa", "沙发", sofas)
    yield from numbered(
        "display.0", 0, "furniture", "New books table", "新书展台", [disc(28.0, 9.4, 0.8), disc(32.6, 9.4, 0.8)]
    )
    yield Thing("lockers.0", 0, "furniture", block(37.45, 17.4, 38.0, 21.0), "Lockers", "存包柜")
    yield Thing("copier.0", 0, "equipment", block(22.0, 12.0, 22.7, 13.0), "Copier and printer", "自助打印复印机")
    yield Thing("power.0", 0, "furniture", block(22.0, 15.4, 22.6, 17.4), "Charging bench", "充电吧台")
    yield Thing("vending.0", 0, "equipment", block(20.3, 24.25, 21.8, 25.0), "Vending machine", "自动售货机")


def _ground_wings() -> Iterator[Thing]:
    """Children, café, kitchen, exhibition."""
    yield Thing("steps.story", 0, "stage", quarter(0, 0, 3.2), "Story Steps", "故事台阶")
    yield Thing("desk.children", 0, "desk", block(19.2, 12.6, 21.2, 13.4), "Children's Desk counter", "少儿服务台柜台")
    round_tables = [
        disc(x, y, 0.6) for x, y in ((6.2, 2.2), (6.2, 6.2), (11.4, 2.2), (11.4, 6.2), (14.8, 4.2), (2.6, 6.6))
    ]
    yield from numbered("table.children", 0, "furniture", "Children's table", "儿童桌", round_tables)
    boxes = [block(x, 9.9, x + 0.9, 10.8) for x in (3.0, 5.2, 11.4, 13.6)]
    yield from numbered("box.children", 0, "furniture", "Picture-book box", "绘本箱", boxes)
    yield Thing("sofa.children", 0, "furniture", block(17.0, 0.2, 20.5, 0.9), "Sofa", "沙发")
    yield Thing("cafe.counter", 0, "desk", block(52.2, 1.2, 53.0, 4.0), "Café counter", "咖啡厅柜台")
    tables = [disc(x, y, 0.45) for x in (40.6, 44.4, 47.2, 49.6) for y in (1.6, 5.2, 8.6)]
    yield from numbered("table.cafe", 0, "furniture", "Café table", "咖啡桌", tables)
    yield from numbered(
        "kitchen",
        0,
        "equipment",
        "Kitchen worktop",
        "操作台",
        [
            block(55.0, 0.0, 59.4, 0.7),
            block(55.0, 9.7, 59.4, 10.4),
            block(56.2, 3.0, 58.2, 4.0),
            block(56.2, 6.6, 58.2, 7.6),
        ],
    )
    cases = [block(x, y, x + 2.0, y + 0.8) for x in (41.0, 46.0, 54.0) for y in (12.6, 19.4)]
    yield from numbered("case.exhibition", 0, "furniture", "Display case", "展柜", cases)
    panels = [block(x, 15.9, x + 3.0, 16.1) for x in (44.2, 48.4, 53.2)]
    yield from numbered("panel.exhibition", 0, "wall", "Exhibition panel", "展板", panels)


def _ground_north() -> Iterator[Thing]:
    yield Thing("baby.table", 0, "furniture", block(0.2, 29.0, 0.9, 30.8), "Changing table", "尿布台")
    yield Thing("baby.chair", 0, "furniture", block(3.6, 29.6, 4.6, 30.6), "Nursing chair", "哺乳椅")
    tables = [block(x, y, x + 2.4, y + 1.2) for x in (7.2, 11.4, 16.6) for y in (27.6, 31.2, 34.8)]
    tables += [block(2.6, 34.8, 5.0, 36.0)]
    yield from numbered("table.papers", 0, "furniture", *TABLE, tables)
    racks = [block(x, 39.55, x + 3.0, 40.0) for x in (1.0, 4.6, 8.2, 11.8, 15.4)]
    yield from numbered("rack.papers", 0, "furniture", "Magazine rack", "期刊架", racks)
    desks = [block(x, y, x + 1.6, y + 0.8) for x in (23.4, 26.6, 33.4, 36.0 - 0.2) for y in (37.0, 39.0)]
    yield from numbered("desk.staff", 0, "desk", "Staff desk", "办公桌", desks[:6])
    yield Thing("stage.lecture", 0, "stage", block(41.5, 37.4, 51.5, 39.4), "Stage", "讲台")
    seats = [block(x, y, x + 5.6, y + 0.6) for x in (39.8, 47.6) for y in (27.8, 29.6, 31.4, 33.2, 35.0)]
    yield from numbered("seats.lecture", 0, "furniture", "Row of seats", "座席", seats)
    yield from numbered(
        "racking",
        0,
        "furniture",
        "Store racking",
        "货架",
        [block(56.6, 33.4, 59.6, 34.0), block(56.6, 37.8, 59.6, 38.4)],
    )


def _hall(n: int) -> Iterator[Thing]:
    """The two reading rooms of an upper level: tables at the south windows, desk and machines by the doors."""
    west = [block(x, y, x + 2.4, y + 1.0) for x in (1.6, 5.2, 9.8, 13.4) for y in (1.4, 4.4)]
    desk = [block(19.0, 12.2, 21.0, 13.0)]
    search = [disc(19.8, 7.6, 0.5, 8)]
    machine = [block(21.3, 14.6, 22.0, 15.6)]
    bench = [block(21.4, 8.6, 22.0, 10.6)]
    window = [block(0.0, 8.4, 0.5, 12.4), block(0.0, 14.4, 0.5, 18.4)]
    for key, category, en, zh, shapes in (
        ("table", "furniture", *TABLE, west),
        ("enquiries", "desk", "Enquiry desk counter", "咨询台柜台", desk),
        ("search", "desk", "Catalogue terminal", "检索机", search),
        ("copier", "equipment", "Copier and printer", "自助打印复印机", machine),
        ("power", "furniture", "Charging bench", "充电吧台", bench),
        ("window", "furniture", "Window seat", "窗边座位", window),
    ):
        yield from numbered(f"{key}.{n}", n, category, en, zh, [*shapes, *(mirrored(shape) for shape in shapes)])
    sofas = [block(28.0, 1.2, 29.0, 3.2), block(31.0, 1.2, 32.0, 3.2), block(28.6, 19.6, 31.4, 20.4)]
    yield from numbered(f"sofa.{n}", n, "furniture", "Sofa", "沙发", sofas)


def _second_north() -> Iterator[Thing]:
    carrels = [block(x, y, x + 0.7, y + 1.2) for x in (1.6, 2.3, 4.9, 5.6) for y in (26.6, 29.2, 31.8, 34.4, 37.0)]
    carrels += [block(8.0, y, 8.7, y + 1.2) for y in (31.8, 34.4, 37.0)]
    yield from numbered("carrel", 1, "desk", "Carrel", "单人研读桌", carrels)
    tables = [block(15.4, 26.4 + 3.75 * i, 19.0, 27.5 + 3.75 * i) for i in range(4)]
    yield from numbered("table.group", 1, "furniture", "Meeting table", "会议桌", tables)
    racks = [block(23.2, y, 28.4, y + 0.6) for y in (36.2, 38.4)] + [
        block(33.0, y, 37.0, y + 0.6) for y in (36.2, 38.4)
    ]
    yield from numbered("rack.storage", 1, "furniture", "Storage racking", "货架", racks)
    desks = [block(39.4, y, 45.6, y + 1.4) for y in (28.0, 31.0, 34.0, 37.0)]
    yield from numbered("desk.computers", 1, "desk", "Computer desks", "电脑桌", desks)
    stations = [block(48.4, y, 49.8, y + 0.9) for y in (28.4, 31.2, 34.0)] + [
        block(52.2, y, 53.6, y + 0.9) for y in (28.4, 31.2)
    ]
    yield from numbered("station.media", 1, "equipment", "Listening and viewing station", "视听设备", stations)
    yield Thing("screen.media", 1, "wall", block(48.6, 39.6, 53.4, 39.75), "Screen", "投影幕")
    yield Thing("sofa.media", 1, "furniture", block(49.4, 36.8, 52.6, 37.6), "Sofa", "沙发")
    yield Thing("desk.recording", 1, "desk", block(57.0, 35.2, 58.2, 37.2), "Recording desk", "录音台")
    yield Thing("lockers.1", 1, "furniture", block(34.6, 24.45, 37.6, 25.0), "Lockers", "存包柜")


def _third_north() -> Iterator[Thing]:
    tables = [block(x, y, x + 2.4, y + 1.2) for x in (1.6, 8.6) for y in (26.8, 29.6, 32.2)]
    yield from numbered("table.reference", 2, "furniture", *TABLE, tables)
    cabinets = [block(13.0, y, 13.6, y + 2.4) for y in (27.0, 30.4, 33.8)] + [block(14.2, 39.4, 20.8, 40.0)]
    yield from numbered("cabinet.local", 2, "furniture", "Map cabinet", "地图柜", cabinets)
    yield from numbered(
        "table.local",
        2,
        "furniture",
        *TABLE,
        [block(16.6, 28.4, 19.6, 29.8), block(16.6, 32.2, 19.6, 33.6), block(16.6, 36.0, 19.6, 37.4)],
    )
    benches = [block(x, 37.0, x + 2.4, 38.2) for x in (23.6, 27.4, 33.6)]
    yield from numbered("bench.conservation", 2, "furniture", "Conservation bench", "修复台", benches)
    tables = [block(40.4, 26.5 + 3.75 * i, 42.6, 27.4 + 3.75 * i) for i in range(4)]
    tables += [block(50.4, 26.4 + 3.5 * i, 52.6, 27.3 + 3.5 * i) for i in range(2)]
    yield from numbered("table.study", 2, "furniture", "Study table", "研习桌", tables)
    ring = box(51.0, 34.0, 57.6, 38.0).difference(box(52.2, 35.2, 57.6, 36.8))
    assert isinstance(ring, Polygon)
    yield Thing("table.seminar", 2, "furniture", ring, "Seminar table", "研讨桌")
