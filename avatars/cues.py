"""What is asked about a known book, from the words around it; the order of the cues decides."""

from __future__ import annotations

import re

from avatars.frame import Act

_CUES: tuple[tuple[Act, str], ...] = (
    ("call_number", r"call number|shelf ?mark|class ?mark|call no\b|索书号|分类号|书号"),
    ("year_of", r"\bwhat year\b|\bwhen\b.*\b(?:publish|publication|written|wrote|come out|came out|year)|publication year|\bhow old is (?:it|this|the book)\b|\bwhen was it\b|哪一?年|何年|什么时候(?:出版|写|发表|出的)|出版(?:年|时间)"),
    ("author_of", r"\bwho\b.*\b(?:wrote|written|write|author|by)\b|\bauthor\b|\bwriter of\b|\bwho(?:'s| is| was) (?:it|this|that) by\b|\bby who(?:m)?\b|\bwho (?:is|was) (?:it|this) (?:written )?by\b|谁写|谁的书|作者|哪位作家"),
    ("copies", r"\bhow many (?:copies|books|of)\b|\bnumber of copies\b|\b(?:more than one|another|any other|second|spare) cop(?:y|ies)\b|[几多]少?[本册](?!书名)|还有没?有?(?:别的|其他|另外)?一?[本册]"),
    ("more_like", r"\b(?:similar to|more like|books like|something like|anything like|novels like)\b|类似|差不多|(?:像|跟|和).*(?:一样|类似|相似|这样)"),
    ("tell_about", r"\bwhat(?:'s| is)\b.*\babout\b|\btell me about\b|\bplot\b|\bsummar|讲(?:的)?(?:是)?(?:什么|啥)|什么内容|内容(?:是|介绍)|讲了什么|说(?:的)?(?:是)?(?:什么|啥)"),
    ("how_far", r"\bhow far\b|\bhow long (?:does|will|would) it take\b|多远"),
    ("guide", r"\b(?:take|lead|guide|bring|walk|direct|show|get) (?:me|us) (?:to|the way|there|over)\b|\bhow (?:do|can|would) (?:i|we) (?:get|go)\b|\bway to\b|带(?:我|路|我们)|领我|怎么(?:走|去|过去|到)|导航"),
    ("available", r"\bavailable\b|\bchecked out\b|\bon loan\b|\bborrowed\b|\bborrow\b|\bcheck (?:it|this|that|them )?\b ?out\b|\btake (?:it|this|that|them)? ?(?:home|out|away)\b|\bfor loan\b|\b(?:get|bring) (?:it|this|that) home\b|\bin stock\b|\bstill (?:in|there|here)\b|\bis .* in\b\s*[?.,!]*$|带回家|拿回家|带走|借回|能借|可借|可以借|借出|借走|在馆|在架|外借|能不能借"),
    ("which_level", r"\b(?:what|which) (?:floor|level|shelf|storey|section|aisle|row|bay)\b|几楼|几层|哪一?层|几号架|哪个书架|哪个架|哪一?排"),
    ("locate", r"\bwhere\b|\bwhereabouts\b|\bfind\b|\blook(?:ing)? for\b|\blocat|哪里|哪儿|在哪|什么地方|什么位置|位置|找"),
    ("have", r"\b(?:do|have|has|does) (?:you|the library|they|we)\b|\bhave\b|\bgot\b|\bhold\b|\bstock\b|\bcarry\b|有没有|有吗|有.*吗|收藏"),
)  # fmt: skip
_COMPILED = tuple((act, re.compile(pattern, re.IGNORECASE)) for act, pattern in _CUES)


def act_of(rest: str, default: Act = "bare") -> Act:
    """The act that the words around the mentions ask for."""
    for act, pattern in _COMPILED:
        if pattern.search(rest):
            return act
    return default
