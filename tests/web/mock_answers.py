"""What the mock librarian knows: one book, two books of one name, a toilet, the opening hours."""

from __future__ import annotations

from tests.web.mock_plan import TO_SHELF, TO_TOILET, plan_body, point
from wire.messages.ask import Answer, ItemBody, PlaceBody, ShelfBody, SourceBody


def _item(record: str, title: str, authors: tuple[str, ...], call: str, status: str = "available") -> ItemBody:
    shelf = ShelfBody(range_id="3A-22", label="3A-22", level=2, bay=3, bay_estimated=True, point=point(TO_SHELF[-1]))
    return ItemBody(
        record_id=record, title=title, authors=authors, call_number=call, scheme="clc", status=status, shelf=shelf
    )


PYTHON = {
    "en": _item("d0042", "Fluent Python", ("Luciano Ramalho",), "TP311.561 / 94"),
    "zh": _item("d0042", "流畅的Python", ("Luciano Ramalho", "安道"), "TP311.561 / 94"),
}
GARDENS = (
    _item("d0077", "The Garden of Algorithms", ("Mei Lin",), "TP312 / 12"),
    _item("d0078", "The Garden of Forking Paths", ("Jorge Luis Borges",), "I783.45 / 7", "on_loan"),
)


def toilet() -> PlaceBody:
    """The women's toilet of the ground floor."""
    unit = next(u for u in plan_body().units if u.level == 0 and u.category == "restroom.female")
    return PlaceBody(id=unit.id, name=unit.name, kind="unit", level=0, point=point(TO_TOILET[-1]))


def answer(text: str, lang: str, of: str) -> Answer:
    """One turn; the language is the question's."""
    zh = lang == "zh"
    low = text.lower()
    base = {"of": of, "lang": lang, "refused": False, "clarify": False}
    if "toilet" in low or "洗手间" in low:
        said = (
            "最近的洗手间在一层，电梯右边。" if zh else "The nearest toilet is on this level, to the right of the lift."
        )
        return Answer(**base, text=said, intent="guide", place=toilet(), sources=(SourceBody(feature_id=toilet().id),))
    if "hours" in low or "开放" in low:
        said = (
            "图书馆周二到周日九点开门，二十一点闭馆。"
            if zh
            else "The library is open Tuesday to Sunday, from 9:00 to 21:00."
        )
        quote = (
            "周二至周日 9:00–21:00 开放，周一闭馆。" if zh else "Open Tuesday to Sunday, 9:00–21:00. Closed on Mondays."
        )
        name = "开放时间.md" if zh else "opening-hours.md"
        source = SourceBody(document=name, heading="开放时间" if zh else "Opening hours", start=0, end=40, quote=quote)
        return Answer(**base, text=said, intent="ask_fact", sources=(source,))
    if "garden" in low or "花园" in low:
        said = "有两本书叫这个名字，您要哪一本？" if zh else "Two books have that name. Which one do you mean?"
        return Answer(**{**base, "clarify": True}, text=said, intent="find_item", candidates=GARDENS)
    if "python" in low:
        said = (
            "《流畅的Python》在三层，书架3A-22，大约第三列。要我带您去吗？"
            if zh
            else "Fluent Python is on level 3, on shelf 3A-22, about the third bay. Shall I take you there?"
        )
        return Answer(
            **base, text=said, intent="find_item", items=(PYTHON[lang],), sources=(SourceBody(record_id="d0042"),)
        )
    said = (
        "这个我在馆藏里没有找到，可以问问服务台。"
        if zh
        else "I could not find that in this library. The desk can help you further."
    )
    return Answer(**{**base, "refused": True}, text=said, intent="unclear")
