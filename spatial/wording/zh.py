"""步骤与地点的中文说法。 Steps and places in Chinese."""

from __future__ import annotations

from spatial.locate import Place, unit_at
from spatial.naming import telling_name
from spatial.plan import Plan, level_text, text_in
from spatial.spacing import HAN, join
from spatial.steps import Landmark, Step
from spatial.wording.rounding import round_m

AMENITIES = {
    "restroom": "洗手间", "drinkingfountain": "饮水机", "elevator": "电梯", "escalator": "自动扶梯", "stairs": "楼梯",
    "information": "咨询台", "reception.desk": "服务台", "copymachine": "复印机", "entry": "入口",
    "powerchargingstation": "充电处", "vendingmachine": "自动售货机", "atm": "自动取款机", "coinlocker": "储物柜",
    "firstaid": "急救点", "lostandfound": "失物招领处", "meetingpoint": "集合点", "seating": "座位区", "seat": "座位",
    "library": "图书馆", "mothersroom": "母婴室", "prayerroom": "祈祷室", "defibrillator": "除颤器",
    "fireextinguisher": "灭火器", "photobooth": "自助照相亭", "studentservices": "学生服务处",
}  # fmt: skip

SLIGHT_DEG = 55
_SIDES = {"left": "在您左手边", "right": "在您右手边", "front": "就在您前方", "behind": "在您身后"}
_BY = {"take_stairs": "走楼梯", "take_elevator": "乘电梯", "take_escalator": "乘自动扶梯", "take_ramp": "沿坡道"}


def say_step(step: Step, plan: Plan) -> str:
    """一个步骤说成一句话。 One step as one sentence."""
    if step.kind == "arrive":
        return _arrive(step)
    if step.kind in _BY:
        level = level_text(plan.get_level(step.to_level_id or step.level_id), "zh")
        way = "上" if step.rising else "下"
        return join(_BY[step.kind], way, "到", level or "下一层", "。")
    name = name_of(step.landmark) if step.landmark else ""
    if step.kind == "pass":
        side = "左" if step.side == "left" else "右"
        return join(f"经过{side}手边的", name, f"{_then_walk(step)}。")
    if step.kind == "depart":
        metres = round_m(step.distance_m)
        walk = f"走{metres}米" if metres else "出发"
        if not name:
            return f"向前{walk}。" if metres else "请出发。"
        return join("从", name, f"出发，{walk}。" if metres else "出发。")
    if step.kind == "enter":
        turn = f"{_turn(step.angle_deg)}，" if step.angle_deg is not None else ""
        return join(f"{turn}穿过门进入", name, f"{_then_walk(step)}。")
    at = join("在", name, "处") if name else ""
    angle = step.angle_deg or 0.0
    turn, walk = _turn(angle), _then_walk(step)
    if abs(angle) < SLIGHT_DEG and walk:
        return f"{at}{turn}{walk.removeprefix('，走')}。"  # 向右前方走4米
    return f"{at}{turn}{walk}。"


def say_where(plan: Plan, place: Place) -> str:
    """地点在哪一层、哪个区域。 Where a place is: level and unit."""
    level = level_text(plan.get_level(place.level_id), "zh") or f"第{place.ordinal}层"
    unit = unit_at(plan, place.point, place.ordinal)
    room = text_in(telling_name(plan, unit), "zh") if unit and unit.id != place.id else ""
    mark = None if place.kind == "point" else Landmark(place.id, place.kind, place.name, place.category)
    name = name_of(mark) if mark else "该地点"
    if not room or room == name:
        return join(name, "在", level, "。")
    return join(name, "在", *((room,) if room.startswith(level) else (level, "的", room)), "内。")


def name_of(mark: Landmark) -> str:
    """地标在句中的称呼。 A landmark as it is called in the middle of a sentence."""
    if mark.kind == "shelf":
        label = text_in(mark.name, "zh")
        return join(label, "书架") if HAN.search(label) else f"{label}号书架"
    name = text_in(mark.name, "zh")
    return name or AMENITIES.get(mark.category) or AMENITIES.get(mark.category.split(".")[0]) or "目的地"


def _turn(angle: float) -> str:
    side, size = ("右" if angle > 0 else "左"), abs(angle)
    if size < SLIGHT_DEG:
        return f"向{side}前方走"
    if size < 130:
        return f"{side}转"
    return f"向{side}后方转" if size < 165 else "掉头"


def _then_walk(step: Step) -> str:
    metres = round_m(step.distance_m)
    return f"，走{metres}米" if metres else ""


def _arrive(step: Step) -> str:
    if step.landmark is None:
        return "您已到达目的地。"
    name = name_of(step.landmark)
    bay = f"第{step.bay}列" if step.bay is not None else ""
    if step.side in (None, "here"):
        return join("您已到达", name, f"{bay}。")
    return join(name, f"{bay}{_SIDES[step.side or 'front']}。")
