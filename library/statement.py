"""The sentences of a passage, taken apart: what each is about, under which condition, with which figures, may or must.

What a sentence is about stands in its own words before the verb; where it has none ("It lasts 45 minutes"), in the
sentence before it or in the heading above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from library.dates import Span, read_dates
from library.document_tables import read_rows
from library.forms import Figure, read_figures, spelled
from library.idea_words import WEEK
from library.ideas import KIND, is_every_day, is_han, names, read_terms
from library.question import WEAK, read_question
from library.sentence import split_sentences
from library.values import Passage

_VERB_EN = re.compile(
    r"\b(?:is|are|was|were|may|can|cannot|must|should|will|would|has|have|stands?|costs?|takes?|opens?|closes?|gets?|pays?|"
    r"lends?|keeps?|needs?|goes|stays?|answers?|seats?|holds?|lapses?|do|does|expires?|lasts?|starts?|ends?|begins?|applies|"
    r"apply|belongs?|becomes?|receives?|brings?|fits?|leaves?|lies|hangs?|shows?|helps?|enter|enters|borrow|hear|use)\b"
)
_IMPERATIVE = re.compile(
    r"(?:please\b|(?:book|bring|report|pay|sign|ask|send|renew|write|use|call|press|wait|take|return|show|do|keep|leave|set|talk|collect|contact|"
    r"visit|apply|register|speak|check|turn|go|hand|put|click|log|enter|fill|place|request|phone|telephone|ring|make|reserve|borrow|cancel|give|tell|pick)"
    r" (?:an?|the|your|their|it|them|at|to|in|on|by|for|with|not|us|any|all|from|nothing|up|out|\w+ly|\d+)\b)"
)
_VERB_ZH = re.compile(
    r"为(?!您)|是|有(?!效)|可|须|应|不|每|免费|开放|营业|请|设|供|均|位于|收|在(?=\S*?[办举])|能|由|凭|限|装|存放|保管|保留|\d|[，：,:]"
)
_ADJUNCT_EN = re.compile(
    r"^(?:on|in|during|at|for|after|before|from|if|when|while|with|without|outside|under|where|unless|except)\b[^,]{2,80}?(?:,|(?=\b(?:the|no|all|a|each|every|it|they|you|we|photographs?|wait|press)\b))\s*"
)
_IF = re.compile(r"\b(?:if|when|unless|whoever|once)\b|时[，,]|如果|如|若|的读者")
_PRONOUN = re.compile(
    r"^(?:it|they|this|these|those|he|she|there(?! (?:is|are|were|was) (?:an?|\d|no|also))|both|here|after that|其|它|他们|该)\b|^(?:其中|它|该|此)"
)
_ALL = re.compile(
    r"\b(?:all (?:the )?(?:rooms|areas|floors|levels|reading rooms|parts)|every (?:room|area|floor|level)|everywhere|anywhere|no room|whole (?:building|library)|"
    r"throughout|in the library|in the building|except)\b|\bonly in\b|全馆|馆内|各区域|所有|任何|一律|除.{1,30}外|全部|只能在"
)
_ALLOWS = re.compile(
    r"\b(?:may|can|accepts?|allowed|permitted|welcome|possible|free to|entitled)\b|可以|可(?!能)|允许|欢迎|准许|能(?!源)",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:cannot|can not|cant|not allowed|not permitted|must not|may not|forbidden|prohibited|banned|stays? outside|do not|dont|never|"
    r"not be|not leave|take no|(?:calls?|food|drinks?|pets?|phones?) no\b|no (?:\w+ing|\w+ calls?|food|drinks?|pets?|animals?|cash|dogs?))\b|不得|禁止|请勿|不能|不可|不允许|严禁|谢绝|勿|不准|不收|不外借|不予|停用|switched off|turned off|关机|\b(?:no longer|not available|not offered|unavailable)\b"
)
_REQUIRES = re.compile(
    r"\b(?:must|need|needs|needed|required?|requires|have to|has to|only|please|bring|show|ask|report)\b|须|必须|需|应|只能|只供|仅供|只限|请|仅限|限|凭|携带|出示|先找|登记|经[^，。]{1,8}(?:同意|批准)"
)
_BRINGS = re.compile(
    r"\b(?:bring|show|present|need|needs|must(?! not)|required?|sign|signature|with your)\b|携带|出示|须|凭|(?<!无)需|请带|必须|签字"
)
_PLACED = re.compile(
    r"\b(?:at|in|on|to|beside|near|next to|opposite|outside|under|behind|below|by) (?:the|an?|any|level|each|every|your) "
    r"(?!same|library|building|city|latest|least|time|start|day|next|evening|morning|own|moment|end\b|table only)\w+|在[^，。]{1,14}(?:台|室|处|馆|厅|柜|区|廊|楼|层|口|旁|侧|端|角|点|街|路|架|上|举行|办理)|到[^，。]{0,10}(?:台|室|处|馆|厅|柜|区|廊|吧|店|楼|层)|放[^，。]{0,8}(?:架|柜|台|口|处|里)|位于|\b(?:outside|upstairs|downstairs)\b"
)
_SIGNS_IN = re.compile(
    r"\b(?:sign in|log in|login|password|passcode|code|no password|registration|register)\b|登录|密码|验证码|口令"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence. ``start``, ``end``: in the document. ``said``: the text, or what a table's row says. ``plain``: that
    spelled out.

    ``own``: its terms; ``lead``: those before its verb; ``carried``: what it is about by the sentences before it;
    ``heading``: terms of the nearest heading; ``above``: of the headings over that and the document's name; ``topic``: what the sentence just before is about; ``near``:
    terms of its neighbours in the passage. ``within``: names in an opening "in the Map Room, …". ``under``: the slot that the
    heading asks for, "" when it is no question; ``first``: is it the first sentence there? ``ours``: is it of the library as a whole? ``antecedent``: the number of the sentence that "it" points to, −1 for none.
    """

    start: int
    end: int
    text: str
    said: str
    plain: str
    own: frozenset[str]
    lead: frozenset[str]
    carried: frozenset[str]
    heading: frozenset[str]
    above: frozenset[str]
    topic: frozenset[str]
    near: frozenset[str]
    figures: tuple[Figure, ...]
    days: frozenset[str]
    every_day: bool
    antecedent: int
    conditional: bool
    within: frozenset[str]
    under: str
    first: bool
    ours: bool

    @property
    def universal(self) -> bool:
        """Does it speak of the whole building?"""
        return _ALL.search(self.plain) is not None

    @property
    def monthly(self) -> bool:
        """Does it speak of one day a month?"""
        return _NTH.search(self.plain) is not None

    @property
    def for_all(self) -> bool:
        """Does it speak of every reader?"""
        return (
            re.search(r"\b(?:anyone|everyone|everybody|all readers|all visitors)\b|任何人|所有读者|人人", self.plain)
            is not None
        )

    @property
    def dates(self) -> tuple[Span, ...]:
        """Days of the year it speaks of."""
        return read_dates(self.plain)

    @property
    def rules(self) -> bool:
        """Does it allow, forbid or require something?"""
        return any(p.search(self.plain) for p in (_ALLOWS, _FORBIDS, _REQUIRES)) or bool(_IMPERATIVE.match(self.plain))

    @property
    def forbids(self) -> bool:
        return _FORBIDS.search(self.plain) is not None

    def has(self, form: str) -> bool:
        """Does it hold a figure of this kind?"""
        return any(figure.kind == form for figure in self.figures)

    @property
    def brings(self) -> bool:
        return _BRINGS.search(self.plain) is not None

    @property
    def placed(self) -> bool:
        return _PLACED.search(self.plain) is not None

    @property
    def signs_in(self) -> bool:
        return _SIGNS_IN.search(self.plain) is not None


_WITHIN = re.compile(
    r"^(?:in|inside|at) (?:the |our )?(?P<x>[a-z][\w' -]{2,40}?)(?:,| (?=(?:no|you|readers|photographs?|eating|food|drinks?|talking|silence|please|pens?|all)\b))|"
    r"^在?(?P<y>[\u4e00-\u9fff]{2,8}?)(?:内|里)(?:[，,]|(?=可|不|禁|请|须|能))"
)
_OURS = re.compile(r"\blibrar(?:y|ies)\b|\bwe\b|图书馆|本馆|我馆|全馆")
_SHORT = 18  # characters; a part of a sentence so short needs the part before it
_YOUNG = re.compile(
    r"\b(?:under|below|up to|younger than)[ -](?:the age of )?(?:\d|1[0-8])s?\b(?! (?:days|hours|minutes|books|items|people|times|months))(?=[,.;]| |$)(?<!to \d)|"
    r"\b(?:\d|1[0-8])周?岁以下|(?:未满|不满)(?:\d|1[0-8])"
)
_NTH = re.compile(r"\b(?:last|first|second|third) (?:mon|tues|wednes|thurs|fri|satur|sun)day|每月")
_CONTACT = re.compile(r"\b(?:by|over|on|via) (?:the )?(?:tele)?phone\b|\btelephone (?=at|\d)|\btext message\b|拨打电话")


@lru_cache(maxsize=4096)
def read_passage(passage: Passage) -> tuple[Statement, ...]:
    """The statements of a passage, in order; marks of lists and headings are none."""
    parts = [part.strip() for part in passage.heading.split("›") if part.strip()]
    heading = _terms(parts[-1]) if parts else frozenset()
    file = re.sub(r"[._-]+", " ", passage.document.rsplit(".", 1)[0])
    under = _asked_by(parts[-1]) if parts else ""
    above = _terms(" . ".join([*parts[:-1], file]))
    spans = [(s, e) for s, e in split_sentences(passage.text) if re.search(r"\w", passage.text[s:e].lstrip("#"))]
    rows = read_rows(passage.text, spans)
    texts = [rows.get(number, passage.text[s:e]) for number, (s, e) in enumerate(spans)]
    owns = [_terms(text) for text in texts]
    out: list[Statement] = []
    carried: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    antecedent = -1
    for number, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
        if not text:
            continue
        plain = spelled(text)
        lead = _lead(plain)
        subject = frozenset(n for n in lead if KIND.get(n) not in ("day", "act", "person") and n not in WEAK)
        part = number > 0 and texts[number - 1].rstrip().endswith((";", "；"))
        if part:
            carried |= owns[number - 1]
        elif number and not subject and not carried:
            carried = frozenset(n for n in owns[number - 1] if KIND.get(n) == "thing" and n not in WEAK)
        leans = part or not subject or _PRONOUN.match(plain) is not None
        out.append(
            Statement(
                passage.start + start, passage.start + end, passage.text[start:end], text, plain, owns[number], lead,
                carried if leans else frozenset(), heading, above, topic, frozenset().union(*(o for i, o in enumerate(owns) if i != number)), read_figures(text),
                frozenset(n for n in owns[number] if KIND.get(n) == "day") | _all_days(plain), is_every_day(plain),
                len(out) - 1 if part and len(text) < _SHORT else antecedent if _PRONOUN.match(plain) else -1, _IF.search(plain) is not None, _within(plain), under, not out,
                not any(KIND.get(n, "word") in ("thing", "place", "word") and n not in WEAK for n in lead)
                or (_OURS.search(plain[:40]) is not None and not any(KIND.get(n) == "place" for n in lead)),
            )
        )  # fmt: skip
        topic = (subject or carried) if not part else topic | subject
        if not leans:
            carried, antecedent = subject, len(out) - 1
    return tuple(out)


@lru_cache(maxsize=1024)
def _asked_by(heading: str) -> str:
    """The slot that a heading asks for ("How do I join?"), "any" when it is a question without one, "" for none."""
    if not re.search(
        r"[?？]\s*$|^how to\b|^(?:how|what|when|where|who|can|may|do|does|is|are) .*\b(?:i|we|you)\b|吗$|^(?:谁|怎么|如何|怎样|哪里|什么)",
        heading.lower(),
    ):
        return ""
    asks = read_question(heading)
    return asks[0].slot or "any" if asks else "any"


def _within(plain: str) -> frozenset[str]:
    """Names in an opening "In the Map Room, …": a rule of that room only."""
    opening = _WITHIN.match(plain)
    if not opening:
        return frozenset()
    return frozenset(t.name for t in read_terms(opening["x"] or opening["y"]) if t.kind in ("place", "word", "run"))


def _all_days(plain: str) -> frozenset[str]:
    return frozenset(WEEK) if is_every_day(plain) else frozenset()


@lru_cache(maxsize=8192)
def _terms(text: str) -> frozenset[str]:
    found = names(read_terms(_CONTACT.sub(" ", text)))
    return found | {"child"} if _YOUNG.search(spelled(text)) else found


def _lead(plain: str) -> frozenset[str]:
    """Terms of what stands before the verb, an opening "On public holidays," left out."""
    plain = re.sub(r"^[\s\-*#|>\d.、•·至到]+(?:周?岁(?:以[上下])?)?", "", plain)
    if is_han(plain):
        plain = re.sub(r"^在[^，,]{1,12}(?:时|前|中|下|情况下)?[，,]", "", plain)
        verb = _VERB_ZH.search(plain)
        if verb and re.search(r"[旁里内中]$", plain[: verb.start()]) and verb[0] == "有":
            return frozenset()
    else:
        plain = _ADJUNCT_EN.sub("", plain, count=1)
        if _IMPERATIVE.match(plain):
            return frozenset()
        verb = _VERB_EN.search(plain)
    return _terms(plain[: verb.start()] if verb else plain)
