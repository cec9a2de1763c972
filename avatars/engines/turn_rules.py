"""End of turn by silence and by whether what was said is a whole sentence; no model, Chinese and English.

Three cases, each with the silence that makes it as likely as not that the turn is over: a whole question or request,
a sentence left hanging ("the", "and", 的, 在, a filler), and everything between. Surer with more silence, in a straight
line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from avatars.engines import ENGINES


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HANGING_EN: Final = _list("""
    a an the and or but so because if that which who whose when while than then also plus
    of in on at to for from with without by about into near between under over next
    my your our their his her its this these those any some every no
    is are was were am be can could will would do does did have has i'd i'm i we they he she it's where's what's
    find looking want need like get show tell me called named written titled
    um uh er erm hmm well actually maybe
""")
_MAY_END: Final = _list("it's is are was in on about for to like no me")  # where a full stop is heard, they end one
_HANGING_ZH: Final = re.compile(
    r"(的|和|跟|与|及|或|或者|还有|以及|然后|还是|但是|可是|因为|所以|如果|就是|那个|这个|一个|一本|那本|这本|有没有|有|在|从|到|往|向|"
    r"把|被|给|对|关于|按|离|比|想|想要|想找|要找|我要|我想|请问|请|帮我|带我去|去|叫|叫做|名叫|是|嗯|呃|额|啊这|那么)$"
)
_WHOLE_ZH: Final = re.compile(
    r"(吗|呢|么|吧|谢谢|多少|几点|几楼|几层|哪里|哪儿|哪边|在哪|怎么走|怎么办|怎么借|怎么还|什么时候|是什么|有哪些|可以吗|行不行|是不是|"
    r"有没有[^\s]{1,12}|这本书|的书|在几楼|几号|多久|为什么|是谁|谁写的|哪一本|好的|不用了|没有了|再见|你好)$"
)
_QUESTION_EN: Final = re.compile(
    r"^(where|what|when|who|whose|which|why|how|is|are|do|does|did|can|could|may|will|would|have|has)\b", re.IGNORECASE
)
_REQUEST_EN: Final = re.compile(
    r"^(please |can you |could you )?(find|show|take|bring|lead|guide|tell|give|book|reserve|open|stop|read|help|"
    r"i'?m looking for|i want|i need|i'?d like|i would like|looking for)\b",
    re.IGNORECASE,
)
_SHORT_WHOLE: Final = _list("yes no okay ok thanks stop hello hi goodbye bye cancel repeat again sure please")
_THANKS: Final = re.compile(r"^(no,? )?(thank you|thanks|never ?mind|that'?s all|see you)( very much| so much)?$", re.I)
_STOPS: Final = ".?!。？！"
_MARKS: Final = " \t,;:…，、；：-—\"'“”‘’"


@dataclass(frozen=True, slots=True)
class TurnRulesSettings:
    """Silence after which the turn is over as likely as not: after a whole, an unclear and a hanging sentence."""

    whole_s: float = 0.35
    unclear_s: float = 0.7
    hanging_s: float = 1.6


class TurnRules:
    """Keeps nothing between calls; one serves everybody."""

    capabilities = ENGINES["turn-rules"].capabilities

    def __init__(self, settings: TurnRulesSettings | None = None) -> None:
        self.settings = settings or TurnRulesSettings()

    def ended(self, text: str, lang: str, silence_s: float) -> float:
        """How sure it is that the turn is over, 0…1; one half at the silence that the sentence asks for."""
        return min(1.0, max(0.0, silence_s / (2 * self.wait_s(text, lang))))

    def wait_s(self, text: str, lang: str) -> float:
        """The silence that the sentence asks for."""
        kind = judge_sentence(text, lang)
        return {"whole": self.settings.whole_s, "hanging": self.settings.hanging_s}.get(kind, self.settings.unclear_s)


def judge_sentence(text: str, lang: str) -> str:
    """ "whole", "hanging" or "unclear"."""
    text = " ".join(text.split())
    marked = text.rstrip(_MARKS)
    said = marked.rstrip(_STOPS + _MARKS)
    stopped = marked != said and not text.endswith(("…", "..."))
    if not said:
        return "unclear"
    return _judge_zh(said, stopped) if lang.startswith("zh") or _is_chinese(said[-1]) else _judge_en(said, stopped)


def _judge_zh(said: str, stopped: bool) -> str:
    if _WHOLE_ZH.search(said):
        return "whole"
    if _HANGING_ZH.search(said):
        return "hanging"
    return "whole" if stopped and len(said) >= 4 else "unclear"


def _judge_en(said: str, stopped: bool) -> str:
    words = [word.strip(_MARKS + _STOPS) for word in said.lower().split()]
    last = words[-1]
    if (len(words) == 1 and last in _SHORT_WHOLE) or _THANKS.match(said):
        return "whole"
    if last in _HANGING_EN and not (
        stopped and last in ("it's", "is", "are", "it", "in", "on", "about", "for", "like")
    ):
        return "hanging"
    whole = len(words) >= 3 and (_QUESTION_EN.match(said) or (_REQUEST_EN.match(said) and len(words) >= 4))
    return "whole" if whole or (stopped and len(words) >= 3) else "unclear"


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
