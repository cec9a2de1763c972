"""Short questions that lean on the last one: "and on Sunday?", "那周末呢", "in English?", "is there one on level 3?" """

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from avatars.about_books import about_book, about_edition, about_located, about_year, list_like, not_held
from avatars.amenities import Kind, find_kind
from avatars.asking import parser
from avatars.cues import act_of
from avatars.desk import Desk
from avatars.guiding import about_places, what_is_there
from avatars.language import Lang, fold, has_han
from avatars.lists import another, count_listed, list_in_language
from avatars.spoken_book import about_spoken_book
from avatars.spoken_place import about_spoken_place
from avatars.topics import holds, words_of
from avatars.values import Located, Memory, Question, Reply
from spatial.locate import Place

_AND = re.compile(
    r"^(?:and|what about|how about|or)\b\s*(?P<x>.+?)[?.! ]*$|^(?:那么?)(?P<y>.{1,10}?)(?:呢|怎么样|也是吗|也一样吗)?[?？。! ]*$|^(?P<z>.{1,8})呢[?？。! ]*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"^(?:and |now |please |sorry,? )*(?:(?:can|could|would) you )?(?:please )?(?:what about |say (?:it|that)(?: again)? |repeat (?:it|that) |tell me(?: that)? |answer |speak |explain (?:it|that) |translate (?:it|that) )?(?:in|into|to)? ?(?P<x>english|chinese|mandarin)(?: please)?[?.! ]*$|"
    r"^(?:那|请|麻烦|可以|能|你|您|不能)*(?:用|说|讲|翻译成|译成|换成)?(?P<y>英文|英语|中文|汉语|普通话)(?:怎么说|再?说一[遍下]|再说一遍|呢|说|回答|回答我|再讲一遍|可以吗|吗)*[?？。! ]*$",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    r"^(?:sorry|pardon|excuse me|what)?[,?.! ]*(?:(?:can|could|would|will) you )?(?:please )?(?:repeat(?: (?:that|it|yourself|the answer))?|say (?:that|it|this) (?:again|once more|one more time)|come again|pardon(?: me)?|once more|one more time|again|what did you say|what was that)(?: again)?(?:,? please)?[?.! ]*$|"
    r"^(?:(?:what|sorry|pardon|huh)[?,.! ]*)?i (?:didn't|did not|couldn't|could not|can't) (?:quite )?(?:hear|catch|get|understand)\b.{0,25}$|"
    r"^(?:不好意思|抱歉|对不起)?[,， ]*(?:请|麻烦)?(?:你|您)?(?:可以|能)?(?:再|重新)(?:说|讲|重复|来)(?:一遍|一次|一下)?(?:吗|好吗|吧)?[?？。! ]*$|^(?:我)?(?:刚才|刚刚)?(?:没|没有)听(?:清楚?|见|到|懂|明白)[,，。 ]*(?:再说一遍)?(?:好吗|吗)?[?？。! ]*$|^重复一[遍下][?？。! ]*$|^(?:你|您)?(?:刚才|刚刚)?说(?:的)?什么[?？。! ]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:and |are there |do you have |is there |got |show me |tell me |give me |list )*(?:any |some |the )?(?:more|others?|other ones|what else|anything else|something else|the rest|next ones?)(?: (?:books|ones|of (?:them|those|these)|like (?:that|this|these)|on (?:it|that)|do you have|is there|are there))*(?: please)?[?.! ]*$|"
    r"^(?:那)?(?:还有|再)(?:没有|来|有)?(?:别的|其他的?|更多|几本|一些|什么|哪些)?(?:书|推荐)?(?:吗|么|呢|的)*[?？。! ]*$|^(?:更多|换一批|换几本|换一本|再换一本|换个别的|下一页|其他的呢|别的呢|还有呢)(?:吧|好吗|可以吗)?[?？。! ]*$",
    re.IGNORECASE,
)
_WHERE_ASKED = re.compile(r"^(?:and |so )?where\b|哪里|哪儿|在哪|去哪", re.IGNORECASE)
_ONLY = re.compile(
    r"^(?:so )?is (?:that|this|it) (?:the only one|all)(?: you have)?[?.! ]*$|^(?:就|只有)这?一?[本种部](?:吗|么|了吗)?[?？。 ]*$",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(r"\b(?:something|another|one) (?:else|one)\b|一本|别的$", re.IGNORECASE)
_COUNT = re.compile(
    r"^(?:and |so )?how many (?:(?:of (?:them|those|these)|books|copies|titles|are there|is that|have you got|do you have|in total|altogether)\s*)+[?.! ]*$|^(?:那)?(?:一共|总共|共)?(?:有)?(?:多少|几)(?:本|种|部|册)(?:书)?(?:呢|啊)?[?？。 ]*$",
    re.IGNORECASE,
)
_ANY_IN = re.compile(
    r"^(?:are |is |do you have |have you got )?(?:there )?(?:any|one|some|anything)(?: of (?:them|those|these))? (?:that (?:is|are) )?in (?P<x>english|chinese)[?.! ]*$|^(?:有|有没有)?(?P<y>中文|英文|汉语|英语)的?(?:版|书)?(?:有吗|吗|呢|有没有)[?？。 ]*$",
    re.IGNORECASE,
)
_SIMILAR = re.compile(
    r"^(?:do you have |is there |got |find (?:me )?|show me |recommend (?:me )?|i(?:'d like| want) )*(?:something|anything|books?|one|others?|any)? ?(?:similar|like (?:it|that|this)(?: one)?|alike)(?: (?:books?|ones?|to (?:it|that|this)))?(?: then)?(?: please)?[?.! ]*$|"
    r"^(?:有没有|还有|有|推荐|找)?(?:几本|一些|点|别的|其他)?(?:和(?:它|这本|那本))?(?:类似|相似|差不多|这类|同类)的?(?:书)?(?:有没有|有吗|吗|呢)?[?？。! ]*$",
    re.IGNORECASE,
)
_FLOOR_ONLY = re.compile(
    r"^(?:and |or |what about |how about |is there one |are there any |one )*(?:on |at )?(?P<f>(?:the )?(?:\w+ (?:floor|level)|(?:floor|level) \w+)|(?:up|down)stairs)[?.! ]*$|"
    r"^(?:那)?(?:在)?(?P<g>(?:第)?(?:地下|负)?[一二两三四五六七八九\d]+(?:楼|层)|楼上|楼下)(?:上)?(?:的|有|也有|有没有)?(?:呢|吗|么)?[?？。! ]*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:oh|ah|ok|okay|hmm|haha|well|great|fine|right|thanks|thank you|no|sorry|actually|wait|i meant?)[,.! ]+)+(?=\S)|^(?:(?:嗯|哦|啊|好的?|谢谢|不对|不是(?:这个|那个|这本|那本|它)?|说错了|错了|算了)[,，。! ]*(?:是|应该是|我要的?是?|我想要)?)+(?=.{2})",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:oh |ah )?(?:no|sorry|actually|wait|i mean)\b|^(?:不对|不是|错了|说错了|算了)", re.IGNORECASE
)
_PICK = re.compile(
    r"^(?:i (?:meant?|mean|want|need|'d like) )?(?:the|that) (?:one|book|novel) (?:that(?:'s| is) )?(?:about|with|on|by|in|called|from) (?:the |a )?(?P<x>.+?)[?.! ]*$|^(?:我要|我说的是|要|是)?(?:那本)?(?:讲|关于|写|有)?(?P<y>.{1,10}?)的?那一?[本个部](?:书)?[。! ]*$",
    re.IGNORECASE,
)
_NTH_AND = re.compile(
    r"^(?:那)?第?(?P<n>[一二三四五])[本个部](?:书)?[，, ]*(?P<rest>(?:请)?(?:带我|领我|怎么走|在哪|讲|谁写|能借|索书号).*)$"
)
_TAKE = re.compile(
    r"\b(?:take|want|prefer|choose|pick|have|like|try) the (?P<n>first|second|third|fourth|fifth|last)\b", re.IGNORECASE
)
_HOW_FAR = re.compile(
    r"^(?:and |so )?how (?:long|far)(?: (?:does it take|will it take|would it take|is it|is the (?:way|walk)))?(?: (?:to (?:get|walk) there|from here|on foot))*[?.! ]*$|^(?:要)?(?:走)?多(?:久|远|长时间)(?:能到|呢)?[?？。 ]*$",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"^(?:and )?what(?:'s| is| else is)(?: there| up there| down there| on it)(?: to (?:see|do))?[?.! ]*$|^(?:那里|那儿|那边|上面)(?:都)?有(?:些)?(?:什么|啥)[?？。 ]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:how|when|what time|cost|price|free|allowed|can|may|could|do i|does|is it|are they|long|open|close|bring)\b|几|多|要不要|能|可以|可否|怎么|开|关|收|吗|免费",
    re.IGNORECASE,
)
"""What asks for a rule rather than for a book."""
_ONE = re.compile(
    r"^(?:is there|are there|do you have|got|what about) (?:one|any|another|another one)(?: (?P<f>.+?))?[?.! ]*$|^(?P<g>.*?[楼层])(?:也|还)?(?:有|有没有)(?:吗|么)?[?？ ]*$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"^(?:the |that )?(?P<l>english|chinese) (?:one|edition|version|copy)[?.! ]*$|^(?:我要|我想要|要|是)?(?P<m>中文|英文)的?(?:那本|那个|版)?[?？。 ]*$",
    re.IGNORECASE,
)
_IN_ONLY = re.compile(
    r"^(?:and |but |only |just )*in (?:english|chinese)(?: please)?[?.! ]*$|^(?:有|要|只要)?(?:英文|中文|英语|汉语)(?:的|版)?(?:呢|有吗|吗)?[?？。 ]*$",
    re.IGNORECASE,
)
_ZH = ("chinese", "mandarin", "中文", "汉语", "普通话")


_NTH = ("first", "second", "third", "fourth", "fifth")


class Answers(Protocol):
    """The librarian, to be asked again."""

    def answer(self, question: Question, memory: Memory) -> Reply: ...


def follow_up(librarian: Answers, desk: Desk, text: str) -> Reply | None:
    """The reply to a question that only makes sense after the last one; None when it stands on its own."""
    memory = desk.memory
    if not memory.turns:
        return None
    asked_before = [
        asked for asked, _ in reversed(memory.turns) if not _REPEAT.match(asked) and not _LANGUAGE.match(asked)
    ]
    before = asked_before[0] if asked_before else memory.turns[-1][0]
    corrected = _CORRECTS.match(text) is not None
    text = _LEAD.sub("", text) or text
    if corrected and memory.last is not None and memory.last.intent == "guide":
        meant = desk.tools.places.understand(text)
        if meant.places and meant.sure:
            return about_places(replace(desk, frame=replace(desk.frame, act="guide", phrase=text)), meant.places)
    chosen = _WHICH.match(text)
    listed = [x for x in (memory.candidates or memory.items) if isinstance(x, Located)]
    if chosen and len(listed) > 1:
        wants = (chosen["l"] or chosen["m"]).lower() in _ZH
        fitting = [x for x in listed if has_han(x.record.title) == wants]
        if len(fitting) == 1:
            number = listed.index(fitting[0]) + 1
            ordinal = f"第{'一二三四五'[number - 1]}本" if desk.lang == "zh" else f"the {_NTH[number - 1]} one"
            return _again(librarian, desk, ordinal)
    leaning = about_spoken_place(desk, text) or about_spoken_book(desk, text)
    if leaning is not None:
        return leaning
    picked = [i for i, one in enumerate(memory.candidates) if _named(desk, one, text)]
    if memory.candidates and len(picked) == 1 and len(text) <= 20:
        ordinal = f"第{'一二三四五'[picked[0]]}个" if desk.lang == "zh" else f"the {_NTH[picked[0]]} one"
        return _again(librarian, desk, ordinal)
    bare = re.fullmatch(r"(?:(?:no\.?|number|option) ?)?([1-5一二三四五])号?", text.strip(" .!。"))
    if bare and (memory.candidates or memory.items):
        return _again(librarian, desk, _nth(desk, "12345一二三四五".index(bare[1]) % 5 + 1))
    if _REPEAT.match(text) and memory.last is not None:
        return replace(memory.last, memory=memory)
    if (_MORE.match(text) and (memory.rest or len(memory.items) > 1)) or (_ONLY.match(text) and memory.items):
        return another(desk, one=_ONE_MORE.search(text) is not None)
    if _COUNT.match(text) and len(memory.items) > 1:
        return count_listed(desk)
    language = _ANY_IN.match(text)
    if language and len(memory.items) + len(memory.rest) > 1:
        return list_in_language(desk, "zh" if (language["x"] or language["y"]).lower() in _ZH else "en")
    about = memory.chosen or next(iter(memory.items), None)
    if _SIMILAR.match(text) and about is not None:
        return list_like(desk, about.record)
    floor = _FLOOR_ONLY.match(text)
    kind = desk.tools.places.kind_of(memory.place) if memory.place is not None else None
    if floor and kind is not None:
        return _on_floor(desk, kind, floor["f"] or floor["g"])
    led = _NTH_AND.match(text)
    if led and listed:
        picked_one = _again(librarian, desk, f"第{led['n']}本")
        return librarian.answer(replace(desk.question, text=led["rest"]), picked_one.memory)
    one_of = _picked(desk, text, listed)
    if one_of:
        return _again(librarian, desk, _nth(desk, one_of))
    spoken = _LANGUAGE.match(text)
    if (
        spoken
        and _IN_ONLY.match(text)
        and memory.last is not None
        and memory.last.intent in ("find_item", "find_topic")
    ):
        tongue: Lang = "zh" if (spoken["x"] or spoken["y"]).lower() in _ZH else "en"
        if len(memory.items) + len(memory.rest) > 1 and memory.chosen is None:
            return list_in_language(desk, tongue)
        if about is not None:
            said = "chinese" if tongue == "zh" else "english"
            return about_edition(replace(desk, frame=replace(desk.frame, act="edition", by=said)), about)
    if spoken:
        lang: Lang = "zh" if (spoken["x"] or spoken["y"]).lower() in _ZH else "en"
        return _in_language(librarian, desk, before, lang)
    if _HOW_FAR.match(text) and (memory.chosen is not None or memory.place is not None):
        asked_far = replace(desk, frame=replace(desk.frame, act="how_far", pronoun=True))
        if memory.chosen is not None:
            return about_located(asked_far, memory.chosen)
        return about_places(asked_far, (memory.place,)) if memory.place is not None else None
    if _THERE.match(text) and memory.place is not None:
        return what_is_there(desk, memory.place)
    one = _ONE.match(text)
    if one and kind is not None:
        return _on_floor(desk, kind, one["f"] or one["g"] or "")
    more = _AND.match(text)
    same = _same_of(desk, before, (more["x"] or more["y"] or more["z"]).strip()) if more else None
    if same is not None:
        return same
    after_rule = memory.last is not None and memory.last.intent in ("ask_fact", "guide", "book_space", "account")
    if more and after_rule and memory.chosen is None and not memory.candidates:
        changed = desk.tools.facts.answer(desk, text)
        if changed is not None:
            return changed
    if after_rule and _ASKS.search(text):
        told = desk.tools.facts.answer(desk, text)
        if told is not None and memory.last is not None and told.text == memory.last.text and _WHERE_ASKED.search(text):
            fresh = desk.tools.facts.answer(replace(desk, memory=Memory()), text)
            told = replace(fresh, memory=memory) if fresh is not None and fresh.text != told.text else told
        short = len(text) <= (5 if has_han(text) else 12)
        return told or (desk.tools.facts.answer(desk, f"{before} {text}") if short else None)
    after_fact = memory.last is not None and memory.last.intent in ("ask_fact", "book_space")
    if after_fact and _is_fragment(desk, text):
        for earlier in asked_before[:4]:
            told = desk.tools.facts.answer(desk, f"{earlier} {text}")
            if told is not None:
                return told
        return desk.tools.facts.answer(desk, text)
    return None


def _same_of(desk: Desk, before: str, title: str) -> Reply | None:
    """What was asked of one book, asked of another: "who wrote Hamlet?" – "and Romeo and Juliet?" """
    act = act_of(before)
    found = desk.tools.books.by_title(title)
    if act not in ("author_of", "year_of", "call_number", "tell_about", "available", "which_level"):
        return None
    if not found.exact:
        last = desk.memory.last
        named = re.match(r"[A-Z《“]", title) is not None and find_kind(title) is None
        return not_held(desk, title, maybe=found.maybe) if named and last is not None and last.items else None
    asked = replace(desk, frame=replace(desk.frame, act=act, phrase=title, whole=before))
    if act == "year_of":
        return about_year(asked, desk.tools.books.locate(found.meant[0])[0])
    return about_book(asked, found.meant)


def _again(librarian: Answers, desk: Desk, text: str) -> Reply:
    """The reply to other words that mean the same, which lean on nothing: it can come to no end otherwise."""
    reply = librarian.answer(replace(desk.question, text=text), replace(desk.memory, turns=()))
    return replace(reply, memory=replace(reply.memory, turns=desk.memory.turns))


def _is_fragment(desk: Desk, text: str) -> bool:
    """A few words that name no book and no place of their own: "with flash", "he is 9", A3呢?"""
    read = parser(desk.lang)(text)
    if read.act not in ("bare", "fact") or read.pronoun or read.ordinal is not None:
        return False
    short = len(text) <= 9 if has_han(text) else len(text.split()) <= 4
    if not short or desk.tools.books.by_title(text).exact:
        return False
    place = desk.tools.places.understand(re.sub(r"呢[?？]?$", "", text))
    return not (place.sure and place.places)


def _picked(desk: Desk, text: str, listed: list[Located]) -> int:
    """The number, from 1, of the one listed book that a description or an ordinal picks; 0 for none or several."""
    taken = _TAKE.search(text)
    if taken and listed:
        number = len(listed) if taken["n"].lower() == "last" else _NTH.index(taken["n"].lower()) + 1
        return number if number <= len(listed) <= len(_NTH) else 0
    pick = _PICK.match(text)
    if pick is None or len(listed) < 2:
        return 0
    words = words_of(pick["x"] or pick["y"])
    fitting = [number for number, each in enumerate(listed[: len(_NTH)], start=1) if words and _fits(each, words)]
    return fitting[0] if len(fitting) == 1 else 0


def _fits(located: Located, words: list[str]) -> bool:
    record = located.record
    text = fold(" ; ".join((*record.titles, *record.subjects, record.summary, *record.authors, *record.author_forms)))
    return all(holds(text, word) for word in words)


def _nth(desk: Desk, number: int) -> str:
    return f"第{'一二三四五'[number - 1]}本" if desk.lang == "zh" else f"the {_NTH[number - 1]} one"


def _on_floor(desk: Desk, kind: Kind, floor: str) -> Reply | None:
    """The way to a thing of the same kind on the floor named; None when there is none anywhere."""
    word = kind.zh if desk.lang == "zh" else kind.en
    floor = _beside(desk, re.sub(r"^(?:on|at) ", "", floor))
    phrase = f"{floor}{word}" if desk.lang == "zh" else f"{word} on {floor}" if floor else word
    found = desk.tools.places.understand(phrase)
    if not found.places:
        return None
    return about_places(replace(desk, frame=replace(desk.frame, act="guide", phrase=word)), found.places)


def _beside(desk: Desk, floor: str) -> str:
    """The name of the floor above or below, for "upstairs"; any other floor's name as it is."""
    step = 1 if floor.lower() in ("upstairs", "楼上") else -1 if floor.lower() in ("downstairs", "楼下") else 0
    if not step or desk.at is None:
        return floor
    return desk.level(desk.at.ordinal + step)


def _named(desk: Desk, one: Located | Place, text: str) -> bool:
    """Does a short answer name this candidate: "203", "the one by Camus", 茶馆?"""
    said = fold(text).strip(" .!?。！？")
    names = one.record.titles if isinstance(one, Located) else tuple(one.name.values())
    return len(said) > 1 and any(said in fold(name) for name in names)


def _in_language(librarian: Answers, desk: Desk, before: str, lang: Lang) -> Reply | None:
    """The last question answered again in the other language."""
    reply = librarian.answer(replace(desk.question, text=before, answer_in=lang), desk.memory)
    return replace(reply, memory=replace(reply.memory, turns=desk.memory.turns))
