"""Reading an English sentence: patterns tried in order, the first that fits decides."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from avatars.frame import Act, Frame

_I = re.IGNORECASE

_OPENERS = re.compile(
    r"^(?:(?:no,? (?:no,? )?(?:i (?:meant?|mean|said|want(?:ed)?|asked (?:for|about))|that's not (?:it|what i (?:meant?|asked)))|i (?:meant?|mean)|not that one|no,? sorry|actually|no(?=,)|ok(?:ay)?|so|well|um+|uh+|erm|er|right|now|actually|and|but|also|then|great|good|nice|cool|fine|sure|oh|"
    r"excuse me|pardon me|sorry|please|hi there|hello there|hey there|hi|hello|hey|good (?:morning|afternoon|evening)|"
    r"thanks|thank you|librarian|lin|xiao ?lin)[\s,.!:;-]+)+",
    _I,
)
_POLITE = re.compile(
    r"^(?:help me (?:to )?(?=find|locate|look|get)|(?:can|could|would|will) you (?:please |kindly |maybe |possibly )?(?:tell|show|help) me (?:please )?(?:to )?(?=where|how|who|what|when|which|if|whether|find|locate|get)|"
    r"(?:can|could|would|will) you (?:please |kindly |maybe |possibly )?(?:help me (?:to )?)?(?=find|locate|look|take|lead|guide|bring|walk|show|recommend|suggest|navigate|direct|point|give|explain|check|get)|"
    r"(?:do you (?:happen to )?know|tell me|i(?:'d| would) like to know|i want to know|i wonder|i was wondering|just wondering|any idea|may i ask|can i ask|let me know|please tell me)(?: please)?(?: about)?,? (?=where|how|who|what|when|which|if|whether|is|are|do|does|can)|"
    r"(?:i(?:'d| would) like you to|i need you to|i want you to|i(?:'d| would) (?:love|like) (?:you )?to be) )",
    _I,
)
_CLOSERS = re.compile(
    r"(?:[\s,.!?;]+(?:please|pls|thanks|thank you|thx|cheers|if you (?:can|could|don't mind)|for me|then|now|right now|"
    r"in (?:this|the|your) (?:library|building)|around here|here|in here|by any chance|at all|mate|anywhere))+[\s.!?]*$",
    _I,
)
_TITLE = re.compile(r"[\"“”《«]([^\"“”《》«»]{1,200})[\"“”》»]|(?<![\w])'([^']{2,200})'(?![\w])")
_NOUN = r"(?:books?|novels?|copy|copies|titles?|texts?|volumes?|works?|stories|story|reads?|publications?|literature|materials?|stuff|things?|something|anything|one|textbooks?|guides?|biograph(?:y|ies)|fiction|poems?|poetry|essays?)"
_ABOUT = r"(?:about|on|regarding|concerning|covering|dealing with|to do with|related to|relating to|on the (?:subject|topic) of|for learning|to learn|that teach(?:es)?|that explain(?:s)?)"

_PRONOUN = re.compile(
    r"^(?:it|its|there|that|this|them|those|these|him|her|(?:that|this|the)(?: same)? (?:one|book|place|shelf|room|title|novel|copy)|over there|to it|to there|that there|the shelf|its shelf)$",
    _I,
)
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "last": -1, "other": 2, "number one": 1, "number two": 2, "number three": 3, "number 1": 1, "number 2": 2, "number 3": 3,
}  # fmt: skip
_ORDINAL = re.compile(
    r"^(?:to |where(?:'s| is) |show me |and )?(?:the |that |i(?:'d like| want| mean| meant|'ll take) (?:the )?)?(?P<n>first|second|third|fourth|fifth|last|other|1st|2nd|3rd|4th|5th|number (?:one|two|three|1|2|3))(?: (?:one|book|title|result|option|choice|of (?:them|those|these)))?(?: please)?$",
    _I,
)

_SIMPLE: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (cast(Act, act), re.compile(pattern, _I))
    for act, pattern in (
        ("injection", r"^system ?:|\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rule|prompt|above|previous|guideline|polic)|system prompt|\byou are now\b|\bact as\b|developer mode|jailbreak|pretend (?:to be|you)|reveal your|\b(?:admin|root|wifi admin|system|your) password\b|repeat after me|print your"),
        ("greet", r"^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hello there|hi there)\b(?:[\s,]+(?:there|librarian|lin|again|robot|everyone|how are you(?: today| doing)?))*[\s.!,]*$"),
        ("thanks", r"^(?:(?:ok|okay|great|perfect|cool|nice|lovely|wonderful)[\s,!.]+)?(?:many )?(?:thanks|thank you|thx|cheers|ta|much appreciated|that(?:'s| is) (?:very )?(?:helpful|kind))\b.{0,40}$"),
        ("bye", r"^(?:good ?bye|bye(?: bye)?|see you(?: later| soon)?|that(?:'s| is) all|that will be all|have a (?:nice|good) day|good night)\b.{0,20}$"),
        ("how_are_you", r"^(?:how are you|how(?:'s| is) it going|how do you do|are you ok(?:ay)?|what's up)\b.{0,20}$"),
        ("who_are_you", r"\b(?:what|which|how many) languages? (?:do|can) you (?:speak|know|understand)\b|\b(?:who|what) are you\b(?! (?:reading|doing))|\bwhat(?:'s| is) your name\b|\bare you (?:a )?(?:robot|human|real|an? ai|a person|a machine|chatgpt|the librarian)\b|^introduce yourself"),
        ("help", r"^(?:help(?: me)?|what can you do(?: for me)?|what can i (?:ask|say)(?: you)?|how (?:can you help|do you work|does this work)(?: me)?|what do you do)[\s?.!]*$"),
        ("rude", r"\b(?:stupid|idiot|shut up|useless|dumb|moron|hate you|fuck|shit)\b"),
        ("praise", r"^(?:you(?:'re| are) (?:great|awesome|amazing|wonderful|cute|nice|so helpful|the best|very kind)|well done|good job|nice work|i (?:like|love) you)\b.{0,20}$"),
        ("where_am_i", r"\bwhere(?:'s| is)? (?:am i|are we|i am|we are)\b|\b(?:what|which) (?:floor|level|room|area|part of the library|place) (?:am i|are we|is this|i am|i'm)\b|\bmy (?:current )?(?:location|position)\b|^i(?:'m| am) lost\b|^am i (?:on|in|at) "),
        ("what_is_here", r"\bwhat(?:'s| is| are| can i (?:see|find|do))?\b.{0,30}\b(?:near me|nearby|around (?:me|here|us)|close (?:by|to me|to here)|(?:right )?(?:over )?here|on this (?:floor|level)|in this (?:room|area)|this (?:room|area|place)|in front of me|next to me|beside me)\s*(?:for)?[?.! ]*$"),
        ("what_is_on", r"^(?:what|which) (?:rooms?|places|facilities|areas|services|departments)(?: are| is| do you have| can i find| have you got)?(?: there)? (?:up |down )?(?:on|at) (?P<x>(?:the )?(?:\w+ (?:floor|level)|(?:floor|level) \w+))[\s?.!]*$"),
        ("what_is_on", r"^what(?:'s| is| are| can i (?:find|see|do))?(?: there)? (?:up |down )?(?:on|at) (?P<x>(?:the )?(?:\w+ (?:floor|level)|(?:floor|level) \w+))[\s?.!]*$"),
        ("book_space", r"\b(?:book|reserve)\b (?:me |us )?(?:a|an|the|one|some) (?:seat|desk|room|table|pod|carrel|study room|group room)\b(?=.*\b(?:for me|from|at|tomorrow|today|tonight|on|this|next|please)\b)|^(?:please )?(?:book|reserve) (?:it|that|this one|the room) (?:for (?:me|us) )?(?:for|on|from|at|tomorrow|today)\b|\bcancel my (?:room |seat )?booking"),
        ("account", r"\bwhat (?:i|i've|i have) (?:have )?borrowed\b|\b(?:my|his|her|their) \w+'s (?:loans?|account|books|fines?|borrowing)\b|\b(?:delete|erase|clear) (?:all )?my (?:\w+ )?(?:loans?|borrowing|history|records?|data)\b|\b(?:renew|extend)\b.{0,40}\b(?:books?|loans?|it|them|items?|this|borrowing)\b|\bmy (?:account|loans?|fines?|holds?|reservations?|borrowed|due dates?|borrowing (?:history|record)|overdue|library record|checked.?out)\b|\b(?:place|put|make) a (?:hold|reservation)\b|\bput (?:it|that|this|.{1,60}) on hold\b|\breserve (?:it|that|this|the book|a copy|.{1,60} for me)\b|\bwhat (?:books )?(?:do|have) i (?:have(?! to)|borrow|borrowed|owe)\b|\b(?:check|loan|lend) (?:it|this|that) (?:out|to me)\b|\bhow much do i owe\b|\bpay my\b|\bam i overdue\b|\b(?:change|reset) my (?:password|pin|address|email)\b"),
        ("book_space", r"^(?!how |what |when ).*(?<!\brare )(?<!\bthe )(?<!\bthis )(?<!\bthat )(?<!\bpicture )\b(?:book|reserve|rent|get|schedule)\b (?:me |us )?(?:a|an|the|one|some)?\s?(?:[\w-]+ ){0,3}(?:room|seat|desk|space|table|carrel|pod|auditorium|hall)\b(?!.*\bhow\b)|\b(?:seat|room|table|desk)\b.{0,20}\b(?:tomorrow|tonight|this afternoon|this evening|at \d|from \d|next (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"),
        ("world", r"\b(?:open|enter|show|step into|take me into|go into|visit|explore|jump into)\b.{0,30}\bworld\b|\bworld of\b.{1,60}\b(?:open|enter|vr|virtual)\b"),
        ("no", r"^(?:nah|no|oh)?[, ]*(?:forget it|forget that|not that(?: one)?|leave it|no matter)[\s.!]*$"),
        ("yes", r"^(?:(?:yes|yeah|yep|ok|okay|sure|great|good|perfect|cool)[,.! ]+)+(?:please )?(?:take|lead|guide|bring|show|walk) (?:me|us)(?: there| please| now)*[\s.!?]*$"),
        ("yes", r"^(?:yes|yeah|yep|yup|sure|ok|okay|please do|yes please|go ahead|let's go|of course|do it|correct|exactly|right)(?:[\s,]+(?:please|thanks|that one|do))*[\s.!]*$"),
        ("no", r"^(?:no|nope|nah|no thanks|no thank you|not really|never mind|nevermind|cancel|neither|none of (?:them|those|these))[\s.!]*$"),
    )
)  # fmt: skip

SCOPE = re.compile(
    r"\b(?:weather|forecast|stock (?:market|price|exchange|tips?)|stocks|shares? price|bitcoin|crypto|football score|election|vote for|president of|prime minister|girlfriend|boyfriend|"
    r"marry me|joke|sing|song for me|poem for me|write (?:me )?(?:an?|my|some) (?:essay|poem|code|email|letter|story|program)|homework|"
    r"translate|medicine should|medical advice|diagnos\w+|my (?:headache|chest|stomach|symptoms?|lawyer|landlord|boss)|should i (?:sue|invest|buy|divorce)|sue (?:him|her|them)|lawsuit|"
    r"sue my|legal advice|recipe for|order (?:a )?(?:pizza|food|taxi)|call (?:a )?(?:taxi|cab|uber)|train to|flight|hotel|restaurant nearby|"
    r"password of|hack|bomb|gun|drugs?|what(?:'s| is) \d+ ?[-+*/x] ?\d+|capital of|square root|what time is it(?: now)?$|calculate|solve)\b",
    _I,
)

_RULE_QUESTION = re.compile(r"^(?:(?:can|could|may) (?:i|we|you)|how|is it|do i|what happens|until when|why)\b", _I)
"""An account word in such a question asks for the rule: "can I extend my loans by phone?" """
_OPINION = re.compile(r"^(?:please )?(?:write|compose|draft|translate|solve|sing|tell me a (?:joke|story))\b", _I)

_RULES: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (cast(Act, act), re.compile(pattern, _I))
    for act, pattern in (
        ("in_language", r"^(?:and |now |what about )?(?:in|say (?:it|that) in) (?P<x>english|chinese|mandarin)$"),
        ("edition", r"^(?:do you have|is there|have you got|got|can i get) (?:it|that|this|an?|the)?\s?(?P<y>english|chinese|french|german|japanese|spanish|russian|korean|italian) (?:version|edition|translation|copy)(?: of (?P<x>.+))?$"),
        ("edition", r"^(?:do you have|is there|have you got) (?P<x>.+?) in (?P<y>english|chinese|french|german|japanese|spanish|russian|korean|italian)$"),
        ("edition", r"^(?:where(?:'s| is) |find |the |i want |show me )*(?P<x>.+?)(?:,? in an?| the)? (?P<y>english|chinese|french|german|japanese|spanish|russian|korean|italian) (?:version|edition|translation)$"),
        ("year_of", r"^(?:when|what year|which year|in what year|in which year) (?:was|did|is|were) (?P<x>.+?) (?:first |originally )?(?:published|come out|came out|written|appear|released|printed|publish)(?: first)?$"),
        ("year_of", r"^(?:what(?:'s| is) the (?:year|date) of (?:publication of )?|when(?:'s| is| was) the publication (?:year|date) of )(?P<x>.+)$"),
        ("author_of", r"^(?P<y>(?!who\b|what\b|whoever\b)[A-Z][\w.' -]+?) (?:wrote|is the author of|authored) (?P<x>.+?)(?:,? (?:didn'?t|did not|right|correct|no|isn'?t|yes|doesn'?t)\b.*)?$"),
        ("topic", r"^(?:i(?:'d like| want| would like| need| wish|'d love|'m trying)? (?:to )?)?(?:learn|study(?! (?:rooms?|spaces?|areas?|desks?|halls?|seats?|pods?)\b)|read up on|get into)(?: (?:about|to|how to|some))* (?P<x>.+)$"),
        ("topic", r"^(?:(?:i|we|he|she|they|the kids|my (?:\w+ ){1,2}?)(?:'m|'s|'re| am| is| are)? ?(?:really |very )?)?(?:interested in|curious about|keen on|into|mad about|crazy about) (?P<x>(?!the (?:library|building|room))[^,.]+)$"),
        ("topic", r"^(?:i want |i'd like |i need |find me |give me |recommend (?:me )?|show me )?something (?:really |quite |a bit )?(?P<x>(?!else\b|like\b|similar\b|new\b|good\b|shorter\b|longer\b|to\b|on\b|about\b|for\b|by\b|in\b)[a-z-]+)(?: to read)?$"),
        ("by_author", r"^(?:and )?(?P<x>(?:the|this|that) (?:author|writer))'?s? (?:other|further|remaining) (?:books|works|novels)\b.*$"),
        ("topic", r"^(?:i|we) (?:really )?(?:like|love|enjoy|prefer) (?P<x>(?!it\b|this\b|that\b|them\b|you\b|to\b)[^,.]+)$"),
        ("topic", r"^(?:he|she|they|the kids|my \w+(?: \w+)?) (?:really |just )?(?:loves?|likes?|enjoys?|adores?) (?P<x>[^,.]+)$"),
        ("topic", r"^what (?:else )?(?:do you|have you|does the library|is there|have we)(?: have| hold| got)? (?:on|about) (?P<x>(?!(?:level|floor|shelf|the (?:\w+ )?(?:level|floor|shelf)|this|hold|loan)\b).+)$"),
        ("topic", r"^(?:which|what) (?:floor|level|shelf|room|section|shelves) (?:has|have|holds?|hosts?|is for|are for|is home to) (?:the |your |all the )?(?P<x>(?!\d|[A-Z]{1,3}\d).+?)(?: books| section| collection| on it)?$"),
        ("topic", rf"^(?:.*?\b)?{_NOUN}\b (?:with|featuring|involving|containing|set in|where there (?:is|are)) (?P<x>.+?)(?: in (?:it|them))?$"),
        ("topic", r"^(?:do you have |have you got |got |is there |are there )?(?:anything|something) (?:on|about|for) (?P<x>.+)$"),
        ("more_like", rf"^(?:(?:any|some|other|more|got any|find(?: me)?|recommend(?: me)?|suggest|i want|i'd like|show me|do you have|have you got|what else is|are there|is there)\s+)*(?:(?:other|more|similar)\s+)?{_NOUN}?\s*(?:(?:that(?:'s| is| are) )?(?:similar to|like|along the lines of|in the style of))\s+(?P<x>.+)$"),
        ("recommend", r"\b(?:recommend|suggest)\b(?: (?:me|us))?(?: (?:a|an|some|any|one|your))*(?: (?:good|nice|interesting|great|fun|new|favou?rite|other))*\s*(?P<x>.*)$"),
        ("recommend", r"^(?:what should i (?:read|borrow)(?: next)?|what(?:'s| is) (?:good|worth reading|popular)(?: to read)?|(?:i (?:want|need|'d like)|give me|find me|show me) (?:a|something|some|any) ?(?:good|nice|interesting|great|fun|popular)?\s*(?:book|books|novel|thing)?(?: to read)?|surprise me|any (?:good )?recommendations?)\s*(?P<x>)$"),
        ("by_author", rf"^(?:.*?\b)?(?:{_NOUN}|what|everything|all)(?: (?:else|other|do you have|have you got|you have|are there|is there|that (?:are|were|is)))*\s*(?:written |penned |authored )?(?:by|from|written by)\s+(?P<x>.+?)(?: (?:do you have|have you got|you have|are there|do you hold|is there|are here|in stock))?$"),
        ("by_author", r"^(?:what|which)(?: other| else)?(?: \w+)? (?:did|has|have) (?P<x>.+?) (?:write|written|wrote|publish(?:ed)?)(?: here| too| as well)?$"),
        ("topic", rf"^(?:.*?\b)?{_NOUN}\b(?: (?:do you have|have you got|you have|are there|is there|that (?:are|is)|for (?:me|beginners|kids|children)))*\s+{_ABOUT}\s+(?P<x>.+)$"),
        ("topic", r"^(?:where (?:are|is|can i find|do i find|would i find|do you keep|do you have|'s)|where's|do you have|have you got|are there|is there|i(?:'m| am) looking for|i need|i want|i'd like|show me|find me|find|take me to|looking for|got|which|what)\s+(?:any |some |all |your |the |good |more |a |an )*(?P<x>(?!the\b)[\w\s'&+#-]+?)\s+(?:books|novels|titles|textbooks|section|collection|shelves|literature|guidebooks|stories|fiction)(?: (?:here|kept|shelved|located|do you have|have you got|are there))?$"),
        ("topic", r"^(?P<x>(?:[a-z-]+ ){1,3})(?:books|novels|textbooks|stories|guidebooks|poems|plays)$"),
        ("author_of", r"^(?:who(?:'s| is| was)?|what(?:'s| is))\s+(?:(?:the )?(?:author|writer|novelist)s? (?:of|for|behind)|(?:that |it that )?(?:wrote|written|authored|writes|penned))\s*(?P<x>.*)$"),
        ("author_of", r"^(?:who (?:is|was)) (?P<x>.+?) (?:written )?by$"),
        ("author_of", r"^(?:(?:was|is|were) )(?P<x>.+?) (?:really |actually )?written by (?P<y>.+)$"),
        ("author_of", r"^did (?P<y>.+?) (?:really |actually )?(?:write|author) (?P<x>.+)$"),
        ("call_number", r"^(?:what (?:does|do|is)|explain|how (?:do|should|can) i read|what(?:'s| is))\s+(?:the )?(?:call number|shelf ?mark|classmark|call no\.?)(?: of| for)?\s*(?P<x>.*?)(?: (?:mean|stand for))?$"),
        ("call_number", r"^what (?:call number|shelf ?mark|classmark) (?:does|has|is) (?P<x>.+?)(?: have)?$"),
        ("call_number", r"^(?:where (?:do i find|is|can i find|are)\s+)?(?:the )?(?:call number|shelf ?mark|classmark|call no\.?)\s+(?P<x>[A-Za-z]{0,3}\s?\d[\w./ -]*)$"),
        ("call_number", r"^what (?:does|do) (?P<x>[A-Z]{0,3}\d[\w./-]*)(?: on (?:a|the) (?:label|spine|book))? (?:mean|stand for)\b.*$"),
        ("call_number", r"^(?:what (?:does|do))\s+(?P<x>[A-Z]{0,3}\d[\w./ -]*)\s+(?:mean|stand for)$"),
        ("which_level", r"^(?:what|which) (?:floor|level|storey|story|shelf|bay|aisle|row) (?:is|are|has|holds?|do i go to for|would i find|can i find|for)\s*(?P<x>.*?)(?: (?:on|at|in|located|kept))?$"),
        ("which_level", r"^(?:is|are) (?P<x>.+?) on (?:this|the same|which|what|my) (?:floor|level)(?: (?:too|as well))?$"),
        ("how_far", r"^how (?:far(?! ahead| in advance)|long(?= (?:is the (?:way|walk)|does it take|would it take|will it take|to (?:get|walk|go)))|many (?:metres|meters|minutes|steps))(?: away)?(?: (?:is|are|does it take|would it take|will it take|do i have to walk))*(?: it)?(?: to)?\s+(?:(?:get|walk|go) to\s+)?(?P<x>.+?)(?: (?:from here|away|take))*$"),
        ("guide", r"^(?:please )?(?:take|lead|guide|walk) (?:me|us)(?: please| now)*$"),
        ("guide", r"^(?:(?:can|could|would|will|please|help) )*(?:take|lead|guide|bring|walk|escort|navigate|direct|point|show|get)\s+(?:me|us)\s+(?:the way |a way |directions? |how to get |over |back |straight |right )*(?:to|towards?|there|into|inside|out|how to get to)\b\s*(?P<x>.*)$"),
        ("guide", r"^(?:how (?:do|can|could|would|should|might) (?:i|we|you|one)\s+(?:get|go|walk|reach|find my way|navigate|make it)(?: (?:to|there|from here to|back to|up to|down to|into|in))*|how to (?:get|go)(?: to)?|what(?:'s| is) the (?:best |quickest |shortest |fastest |easiest )?(?:way|route|path)(?: to| out)?|which way(?: is| are)?(?: (?:to|it to))?|directions?(?: to)?|navigate(?: to)?|go to|let(?:'s| us) go(?: to)?|i(?:'d like| want| need| would like|'ve got| have) to (?:go|get)(?: to)?|(?:give me )?(?:the )?(?:way|route|directions?)(?: to)?|start (?:guiding|navigation)(?: to)?|lead on(?: to)?)\s*(?P<x>.*)$"),
        ("available", r"^(?:is|are)\s+(?:there )?(?P<x>.+?)\s+(?:still |currently |now )?(?:available|in stock|on (?:the )?shel(?:f|ves)|checked out|on loan|borrowed|in(?: the library)?|out|free|there|borrowable)(?: or .*)?$"),
        ("available", r"^(?:can|could|may) i (?:please )?(?:borrow|take out|check out|get hold of|take home|read)\s+(?P<x>.+)$"),
        ("tell_about", r"^do you know(?: of| about)? (?P<x>(?!where|how|if|what|when|who|which|whether|the way)[^,]+)$"),
        ("tell_about", r"^(?:what(?:'s| is| was)\s+(?P<y>.+?)\s+about|(?:tell me (?:more )?about|what do you know about|summari[sz]e|describe)\s+(?P<x>.+))$"),
        ("have", r"^(?:do (?:you|we|they)(?: (?:guys|also|still|happen to))*|does (?:the|this|your) library)\s+(?:have|hold|own|carry|stock|keep|got|offer|provide)\s+(?P<x>.+)$"),
        ("have", r"^(?:have you(?: got)?|got|is there|are there|any chance of|any)\s+(?P<x>.+)$"),
        ("locate", r"^(?:where(?:'s|s|'re)?|whereabouts)\s+(?:(?:exactly )?(?:is|are|was|can|could|do|does|did|might|would|will|should|i can|to)\s+)?(?:(?:i|we|you|one)\s+)?(?:(?:find|get|locate|look for|see|keep|put|have|borrow|buy|pick up|be|go for|go to find)\s+)?(?P<x>.+?)(?: (?:is|are|be))?(?: (?:located|kept|shelved|placed|found|at|stored))?$"),
        ("locate", r"^(?:(?:please )?(?:find|locate|search(?: for)?|look(?: up| for)?|show|get|fetch|give|bring|pull up|display)\s+(?:me |us )?(?:for )?|i(?:'?m| am) (?:looking|searching|hunting|trying to find|after|here)(?: to find)?(?: for)?\s+|i (?:want|need|would like|wish|'d like|'d love|have|was hoping|would love)(?: to (?:read|borrow|find|see|get|locate|look at|use|buy))?\s+|i'd (?:like|love)(?: to (?:read|borrow|find|see|get|locate|use))?\s+|looking for\s+|searching for\s+|location of\s+|need\s+|want\s+)(?P<x>.+)$"),
    )
)  # fmt: skip

_FACT = re.compile(
    r"^(?:(?:until|till|from|since) (?:when|what)|what time|when|how (?:much|many|long|often|old|do|can|does|late|early|big|fast|far|soon|should|to)|what(?:'s| is| are)|which|why|can|could|may|am i|are you|are we|is it|is the|are the|is there|are there|do i|do you|does|do|should|must|is|are|will|what|who)\b",
    _I,
)
_STEP_FREE = re.compile(r"\b(?:wheelchair|step[- ]free|without (?:using |taking )?(?:the )?(?:stairs|steps)|no stairs|avoid(?:ing)? (?:the )?(?:stairs|steps)|accessible (?:way|route|path)|pram|stroller|buggy|pushchair|crutches|by (?:lift|elevator)|(?:can't|cannot) (?:climb|use stairs))\b", _I)  # fmt: skip
_STEP_FREE_TAIL = re.compile(r"[\s,]*\b(?:in (?:a|my) wheelchair|with (?:a|my) (?:wheelchair|pram|stroller|buggy|pushchair)|without (?:using |taking )?(?:the |any )?(?:stairs|steps)|avoiding (?:the )?(?:stairs|steps)|by (?:lift|elevator)|on crutches|step[- ]free)\b", _I)  # fmt: skip
_NEAR = re.compile(r"^(?:the |a |an )?(?:nearest|closest|near(?:by)?)\s+", _I)
_BY = re.compile(
    r"^(?P<t>.+?)(?:,| -)? (?:(?:that (?:was|is) )?written by|by(?: the author)?|of the author)\s+(?P<a>[^,]+)$", _I
)
_TRIM_HEAD = re.compile(
    r"^(?:(?:the|a|an|any|some|your|my|this|our)\s+)?(?:(?:single |physical |printed |english |chinese )?(?:book|novel|copy|copies|title|volume|work|play|story|edition)s?\s+(?:of |called |titled |named |entitled )+(?:the (?:book|novel)\s+)?|(?:book|novel)\s+(?=[A-Z\"“]))",
    _I,
)
_SINGLE = re.compile(
    r"\b(?:the|that)\b[^,?.]{0,40}\b(?:book|novel|play|one|biography)\b(?!s)|\b(?:book|novel|play) by\b", _I
)
_OWNER = re.compile(
    r"^(?P<a>[^\W\d_][\w.-]+(?: [^\W\d_][\w.-]*){0,2})'s (?P<t>(?!book|novel|section|room|area|library|desk|corner)\w.{2,})$",
    _I,
)
_TRIM_TAIL = re.compile(
    r"(?:,? (?:the )?(?:book|novel)|,? in the library|,? located|,? is|,? are|,? right now|,? today)$", _I
)


@lru_cache(maxsize=2048)
def parse(text: str) -> Frame:
    """The frame of one English sentence; ``bare`` with the whole sentence as phrase when no pattern fits."""
    whole = text.strip()
    step_free = _STEP_FREE.search(whole) is not None
    for act, pattern in _SIMPLE:
        hit = pattern.search(_TITLE.sub(" ", whole) if act == "injection" else whole)
        if (
            hit
            and act == "account"
            and _RULE_QUESTION.match(_OPENERS.sub("", whole))
            and not re.search(r"\b(?:owe|am i overdue)\b", whole, _I)
        ):
            continue
        if hit:
            phrase = whole if act in ("account", "book_space") else hit.groupdict().get("x") or ""
            return Frame(act, phrase, whole=whole, step_free=step_free)
    body = re.sub(r"[\s?.!,;]+$", "", whole)
    for _ in range(3):
        shorter = _POLITE.sub("", _OPENERS.sub("", body)).strip()
        shorter = _CLOSERS.sub("", shorter).strip(" ,.?!") if len(shorter.split()) > 2 else shorter
        if shorter == body or not shorter:
            break
        body = shorter
    body = _STEP_FREE_TAIL.sub("", body).strip(" ,") or body
    body = re.sub(r"^(?:if|whether)\s+(?:you|there)\s+(have|are|is)\b", r"do you have", body, flags=_I)
    if _OPINION.match(body):
        return Frame("out_of_scope", phrase=body, whole=whole)
    ordinal = _ORDINAL.match(body)
    if ordinal:
        return Frame("bare", ordinal=_ORDINALS[ordinal["n"].lower()], whole=whole, step_free=step_free)
    title = _TITLE.search(body)
    for act, pattern in _RULES:
        found = pattern.match(body)
        if found is None:
            continue
        groups = found.groupdict()
        phrase = (groups.get("x") or "").strip()
        by = ""
        if act == "tell_about" and not phrase:
            phrase = (groups.get("y") or "").strip()
        elif groups.get("y"):
            by = (groups["y"] or "").strip()
        if act == "guide" and re.search(r"\bout\b\s*(?:of\b.*)?$", body, _I):
            phrase = "exit"
        return _finish(act, phrase, by, title, whole, step_free)
    if SCOPE.search(body):
        return Frame("out_of_scope", phrase=body, whole=whole)
    if _FACT.match(body):
        return Frame("fact", phrase=_quoted(title) or body, quoted=False, whole=whole, step_free=step_free)
    return _finish("bare", body, "", title, whole, step_free)


def _quoted(title: re.Match[str] | None) -> str:
    return next((g for g in title.groups() if g), "") if title else ""


def _finish(act: Act, phrase: str, by: str, title: re.Match[str] | None, whole: str, step_free: bool) -> Frame:
    quoted = _quoted(title)
    if quoted:
        after = whole[whole.find(quoted) + len(quoted) :]
        writer = re.match(r"[\"”'》»,\s]*(?:written )?by (?P<a>[^?.!,]+)", after, _I)
        return Frame(
            act, quoted.strip(), by or (writer["a"].strip() if writer else ""), True, whole=whole, step_free=step_free
        )
    phrase = phrase.strip(" ,.?!:;")
    near = _NEAR.match(phrase) is not None
    phrase = _NEAR.sub("", phrase)
    ordinal = _ORDINAL.match(phrase)
    if ordinal:
        return Frame(act, ordinal=_ORDINALS[ordinal["n"].lower()], whole=whole, step_free=step_free)
    if _PRONOUN.match(phrase) or (act == "guide" and not phrase):
        return Frame(act, by=by, pronoun=True, whole=whole, step_free=step_free)
    split = _BY.match(phrase) if act not in ("topic", "by_author") else None
    if split and not by:
        phrase, by = split["t"], split["a"]
    trimmed = _TRIM_HEAD.sub("", re.sub(r"^(?:any|some) (?=[A-Z])", "", phrase))
    for _ in range(2):
        trimmed = _TRIM_TAIL.sub("", trimmed).strip(" ,")
    owner = _OWNER.match(trimmed)
    if owner and not by and act in ("bare", "locate", "have", "guide", "available", "which_level"):
        return Frame(act, trimmed, owner["a"], title=owner["t"], whole=whole, step_free=step_free, near=near)
    single = _SINGLE.search(whole) is not None
    return Frame(act, trimmed or phrase, by.strip(" ,.?!"), whole=whole, step_free=step_free, near=near, single=single)
