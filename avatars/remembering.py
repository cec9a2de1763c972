"""What a visit was about is forgotten at its end, unless the reader asks otherwise and says yes to what is kept.

Kept are the books and the place spoken of and the language, never a word that was said, under a code that only the
reader gets. Whoever says the code has the visit back; "forget me" deletes it. A home may keep nothing at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Protocol

from avatars.asking import parser
from avatars.desk import Desk
from avatars.language import Lang
from avatars.values import Action, Located, Memory, Reply
from spatial.locate import find_places

PENDING: Final = "remember"
_MOST: Final = 12
_REMEMBER = re.compile(
    r"^(?:please |could you |can you |would you |will you |i(?:'d like| want) you to )*(?:please )?"
    r"(?:remember|don't forget|keep|save)(?: (?:me|us|this|that|it|(?:this|my|our|the) (?:visit|conversation|talk|chat)"
    r"|what we (?:talked|spoke|said|have talked|have spoken)(?: about| of)?))"
    r"(?: (?:for|until|till) (?:the |my )?(?:next (?:time|visit)|later|tomorrow))?(?:,? please)?[?.! ]*$"
    r"|^(?:请|麻烦|能不能|可以|能|你|您|帮我|把)*(?:记住|记下|保存|别忘了|不要忘记)"
    r"(?:我|这个|这些|一下|(?:这次|我们|刚才)?的?(?:对话|谈话|聊天|访问|谈的|说的)(?:内容)?)?"
    r"(?:[,，]?下次(?:还)?(?:要|能)?用|到下次)?(?:吗|好吗|吧)*[?？。!！ ]*$"
    r"|^下次(?:来)?(?:请|要)?(?:还)?记得我[吗吧。!！?？ ]*$",
    re.IGNORECASE,
)
_FORGET = re.compile(
    r"^(?:please |now |could you |can you )*(?:forget|delete|erase)(?: (?:me|us|everything|all(?: of (?:it|this))?"
    r"|what you (?:kept|know|remember)(?: (?:of|about) me)?|(?:this|my|our|the) (?:visit|conversation|talk|data|code)))"
    r"(?:,? please)?[.! ]*$"
    r"|^(?:请|麻烦|把|你|您)*(?:忘了|忘掉|忘记|删除|删掉|清除)"
    r"(?:我|一切|全部|(?:关于)?我的(?:一切|记录|信息|内容)|这次(?:的)?对话)"
    r"(?:都)?(?:删了|忘了)?[吧。!！ ]*$",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^(?:hello[,.! ]+|hi[,.! ]+)?(?:my|the|our)(?: visit)? code (?:is|was)[: ]*"
    r"(?P<a>[A-Za-z0-9][A-Za-z0-9 -]{8,20})[.! ]*$"
    r"|^(?:你好[,，。! ]*)?(?:我的|我们的|上次的)?(?:访问)?(?:代码|口令|编号)(?:是|为)?[:： ]*"
    r"(?P<b>[A-Za-z0-9][A-Za-z0-9 -]{8,20})[。.! ]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a visit: record ids, a place's id, the language."""

    records: tuple[str, ...]
    place: str
    lang: Lang


class Keeper(Protocol):
    """Keeps visits (server/kept.py). Safe to call from several threads."""

    days: int
    """How long."""

    def keep(self, kept: Kept) -> str:
        """Keep a visit; its code."""
        ...

    def find(self, code: str) -> Kept | None:
        """The visit under a code; None for a wrong or an old one."""
        ...

    def forget(self, code: str) -> bool:
        """Delete it."""
        ...


def about_memory(desk: Desk, text: str) -> Reply | None:
    """The reply to what a reader wants remembered or forgotten; None when it is about something else."""
    if desk.memory.pending == PENDING:
        act = parser(desk.lang)(text).act
        if act in ("yes", "no"):
            return _keep(desk) if act == "yes" else _leave(desk)
    if _REMEMBER.match(text):
        return _ask_leave(desk)
    if _FORGET.match(text):
        return _forget(desk)
    code = _CODE.match(text)
    return _come_back(desk, code["a"] or code["b"]) if code else None


def _ask_leave(desk: Desk) -> Reply:
    keeper, memory, words = desk.tools.keeper, desk.memory, desk.words
    if keeper is None:
        return desk.refuse(words.KEEPS_NOTHING, "account")
    if not _kept(memory).records and not _kept(memory).place:
        return desk.reply(words.NOTHING_TO_KEEP, "account", memory=replace(memory, pending=""))
    text = words.MAY_I_KEEP.format(days=keeper.days)
    memory = replace(memory, pending=PENDING)
    return desk.reply(text, "account", clarify=True, memory=memory, action=Action("remember", "proposed"))


def _keep(desk: Desk) -> Reply:
    keeper, memory, words = desk.tools.keeper, replace(desk.memory, pending=""), desk.words
    if keeper is None:
        return desk.refuse(words.KEEPS_NOTHING, "account", memory=memory)
    if desk.question.tentative:
        return desk.reply(words.MAY_I_KEEP.format(days=keeper.days), "account", action=Action("remember", "proposed"))
    if memory.kept:
        keeper.forget(memory.kept)
    code = keeper.keep(_kept(memory))
    text = words.KEPT.format(code=code, days=keeper.days)
    return desk.reply(text, "account", memory=replace(memory, kept=code), action=Action("remember", "done"))


def _leave(desk: Desk) -> Reply:
    return desk.reply(desk.words.NOT_KEPT, "account", memory=replace(desk.memory, pending=""))


def _forget(desk: Desk) -> Reply:
    """All of this visit, and what is kept of it."""
    keeper, memory, words = desk.tools.keeper, desk.memory, desk.words
    if desk.question.tentative:
        return desk.reply(words.FORGOTTEN, "account", action=Action("forget", "proposed"))
    if keeper is not None and memory.kept:
        keeper.forget(memory.kept)
    return desk.reply(words.FORGOTTEN, "account", memory=Memory(lang=desk.lang), action=Action("forget", "done"))


def _come_back(desk: Desk, code: str) -> Reply:
    keeper, words, tools = desk.tools.keeper, desk.words, desk.tools
    kept = keeper.find(code) if keeper is not None else None
    if kept is None:
        return desk.refuse(words.NO_SUCH_CODE, "account")
    records = (tools.books.catalogue.get(record_id) for record_id in kept.records)
    items: tuple[Located, ...] = tuple(tools.books.locate(record)[0] for record in records if record is not None)
    place = next(iter(find_places(tools.plan, kept.place)), None) if kept.place else None
    names = [desk.book(item) for item in items] + ([desk.place(place)] if place is not None else [])
    memory = Memory(
        lang=desk.lang, items=items, chosen=items[0] if len(items) == 1 else None, place=place, kept=plain_code(code)
    )
    text = words.WELCOME_BACK.format(names=words.join(names)) if names else words.NO_SUCH_CODE
    return desk.reply(text, "account", items=items, place=place, memory=memory)


def _kept(memory: Memory) -> Kept:
    spoken = (*((memory.chosen,) if memory.chosen is not None else ()), *memory.items)
    records = tuple(dict.fromkeys(item.record.record_id for item in spoken))[:_MOST]
    place = memory.place.id if memory.place is not None and memory.place.kind != "point" else ""
    return Kept(records, place, memory.lang or "en")


def plain_code(code: str) -> str:
    """A code without its blanks and hyphens, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())
