"""How questions ask, in both languages: patterns for slots, for claims, for clauses and for talk around them."""

from __future__ import annotations

import re


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


SLOTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", _form(r"\be-?mail|邮箱|电子邮件|电邮")),
    ("address", _form(r"\b(?:postal |street |your |library'?s? |the )address\b|\baddress of\b|地址")),
    ("phone", _form(
        r"\bwho (?:do|should|can|must) (?:i|we) (?:call|ring|phone|contact)\b|\bhow (?:do|can|should) (?:i|we) (?:contact|reach|get in touch|get hold of|call|ring|phone)\b|\bphone number|\btelephone number|\bcontact number|\bnumber (?:do|can|should|to|for|of) (?:i |we |you )?(?:call|ring|the|phone|renew|dial)|"
        r"\bwhat(?:s| is) (?:the|your) (?:tele)?phone|\bcan i (?:call|phone|ring) (?:you|the)|(?<!up the )(?<!by )(?<!over the )(?<!my )(?<!a )(?<!via )(?<!mobile )(?<!answer the )(?<!answers the )\b(?:tele)?phone$|(?<![打接拨])电话(?:号码)?(?:是|多少|几|号|$|呢|吗|\?|？)|联系电话|联系方式|怎么联系|热线"
    )),
    ("password", _form(r"\bpassword|\bpasscode|密码")),
    ("year", _form(r"\b(?:what|which) year\b|\bwhen (?:was|were) .{2,40}\b(?:built|founded|opened|established)\b|哪一?年|何年")),
    ("means", _form(
        r"\bwhere (?:do|can|should|must) (?:i|we|you) pay\b|(?:在哪儿?|哪里|去哪儿?)(?:里)?(?:交|付)(?:钱|费|罚款)?$|\bpay (?:in |by |with |using )?(?:my |a |the )?(?:cash|card|credit|debit|phone|alipay|wechat|coins?|mobile)|\bpay\b.{0,30}\b(?:in|by|with) (?:cash|card|coins|my phone|a card)\b|\bhow (?:can|do) (?:i|you|we) pay\b|"
        r"\btake (?:cash|cards?|credit)\b|现金|刷卡|微信支付|支付宝|怎么付|怎么支付|如何支付"
    )),
    ("ahead", _form(
        r"\bhow (?:far|long|early|soon|many \w+)\b.{0,40}\b(?:ahead|in advance|beforehand)|\bhow (?:far|early) (?:ahead|in advance|can|may|do)\b(?=.*\b(?:reserve|book|booking|booked)\b)|"
        r"提前(?:多|几)|(?:多久|几天|多少天|多长时间)(?:之?前|以前)(?:预|订|约)"
    )),
    ("times", _form(r"\bhow often\b|\bhow many times\b|几次|多少次|几回|多少回")),
    ("money", _form(
        r"\bhow much\b(?! time| notice| longer| space)|\bcosts?\b|\bpric(?:e|es|ing)\b|\bfees?\b|\bfines?\b|\bpay\b|\bcharge[sd]? (?:for|to|me|if)|\bdo you charge\b|\bfor free\b|"
        r"\bfree of charge\b|\bis (?:it |the |.{0,30})free\b(?! seat)|\bare .{0,30}free\b|\bdeposit\b|\bexpensive\b|多少钱|收费|费用|价格|价钱|几块|几元|要钱|收钱|交钱|免费|罚款|罚多少|怎么罚|怎么收|押金|要赔|赔多少|多少押金|付费|花钱"
    )),
    ("speed", _form(r"\bhow fast\b|\bspeed\b|\bbandwidth\b|限速|网速|速度|多快")),
    ("age", _form(r"\bhow old\b|\bwhat age\b|\bage limit\b|\bminimum age\b|\bold enough\b|几岁|多大(?:的?孩子|年龄|可以|能|才)|年龄|多少岁")),
    ("distance", _form(r"\bhow (?:far|wide|high|tall|deep|big|large|narrow)\b(?! ahead| in advance)|多远|多宽|多高|多大的?包|几米|多少米")),
    ("duration", _form(
        r"\bhow (?:long|soon|many (?:days|weeks|hours|minutes|months|years))\b|\bfor how long\b|\bloan period\b|\bperiod\b|\bhow much (?:time|longer)\b|\bduration\b|\bvalid(?:ity)?\b|\bexpir|\bhow late (?:can|may) i be\b|"
        r"\bwhen (?:is|are|was|will|would|must|do|does) .{0,40}\b(?:due|(?:come|go|bring it|be) back)\b|多久|多长|几天|多少天|几个?(?:小时|月|星期|周|年|分钟)|多少(?:小时|分钟|个月)|期限|借期|有效期|到期"
    )),
    ("count", _form(r"\bhow many\b|\bnumber of\b|几[本册个张人间台位页种辆份件名]|多少[本册个张人间台位页种辆份件名]|多少藏书|坐得下|能坐|容纳")),
    ("clock", _form(
        r"\bwhat time\b|\bwhich time\b|\buntil when\b|\btill when\b|\bfrom when\b|\bhow (?:late|early)\b|\bat (?:about )?\d{1,2}(?::\d\d)? ?(?:am|pm|oclock)|\b\d{1,2} ?(?:am|pm)\b|\b(?:noon|midnight)\b|"
        r"几点|开到什么时候|(?<!\d)\d{1,2}点"
    )),
    ("permission", _form(r"^(?:can|could|may) (?:i|we|you)\b.*\bwhen (?:you|it|the library)|闭馆(?:时|后|期间|以后).*[吗么]")),
    ("time", _form(
        r"\bwhen\b(?! (?:i|you are|you're|youre|it|the lift|im|its)\b)|\b(?:opening|business|library|desk|point|office|your|the) (?:hours|times?)\b|\bhours\b|\bschedule\b|"
        r"\b(?:is|are|do|does|will|be|youre|you)\b.{0,60}\b(?:open|close|closed(?! (?:shoes?|toe|footwear|stacks?|bottles?|cups?))|closes|shut)\b|什么时候|何时|什么时间|开放时间|营业时间|服务时间|时间表|几时|周几|星期几|哪天|哪几天|有什么(?:讲座|活动|展览|课程)|\bwhat (?:events?|talks?|activities|exhibitions?)\b|\bwhat(?:s| is) on\b|"
        r"开(?:门|馆|放|着)?(?:吗|么|不开|呢|$|\?|？)|闭馆吗|关门吗|闭不闭馆|上班吗|开不开|休息吗|放假"
    )),
    ("where", _form(r"\bwho (?:do|should|can|must) (?:i|we) (?:give|hand|take|bring|return|ask|tell|talk|speak|report|turn)|交给谁|找谁|问谁|\bwhere\b|\bwhich (?:desk|counter|machine)\b|哪里|哪儿|在哪|去哪|哪个(?:台|柜台|地方)|什么地方")),
    ("who", _form(r"^(?:and |so )?who\b|\bwhom\b|谁|哪些人|什么人")),
    ("bring", _form(
        r"\bwhat (?:do|should|must|will) (?:i|we) (?:need to |have to )?(?:bring|take|show)|\bwhat (?:documents?|papers?|id)\b|要带什么|带什么|什么证件|什么材料|哪些材料|哪些证件"
    )),
    ("need", _form(
        r"\bwhat (?:do|should|must|will) (?:i|we) (?:need|bring|take|wear|show|have)|\bwhat (?:documents?|papers?|id)\b|\bwhat (?:is|s) (?:needed|required)|要带什么|带什么|需要什么|什么证件|要什么|哪些材料|什么材料|手续|凭什么|穿什么"
    )),
    ("consequence", _form(r"\bwhat (?:happens|if|now|then|do i do|should i do|can i do|to do)\b|\bwhat if\b|怎么办(?![理证卡])|会怎样|会怎么样|怎么处理|如何处理|咋办")),
    ("why", _form(r"\bwhy\b|为什么|为何|凭什么")),
    ("limit", _form(r"\blimit\b|\bthe most (?:it|i|you|that)\b|\bmaximum\b|\bat most\b|\bmax\b|上限|最多|最大|限额")),
    ("permission", _form(
        r"^(?:so |and |but |then |please |sorry )?(?:can(?! you)|could(?! you)|may|am i|must|should|do i (?:need|have)|do we (?:need|have)|is it (?:ok|okay|all ?right|possible|allowed|forbidden|permitted|true that i can)|would it be)\b|"
        r"\ballowed\b|\bpermitted\b|\bforbidden\b|\bpermission\b|\bbanned\b|\b(?:can|may|could|must) (?:i|we|you|he|she|they|my|a|an|the|readers|children|visitors|students)\b|"
        r"可以|能不能|能否|可不可以|可否|允许|准不准|让不让|行不行|(?:^|[^可功才])能.*(?:吗|么|不|$)|能带|要不要|需要.*吗|必须|用不用|得.*吗"
    )),
    ("whether", _form(
        r"\b(?:do|does|will) (?:you|the library) (?:keep|store|record|save|lend|take|accept|allow|let|give|send|share)\b|会不会|会.{1,12}[吗么]"
    )),
    ("how", _form(r"\bhow (?:do|can|to|does|should|would|is|are)\b|怎么|如何|怎样|咋")),
    ("time", _form(r"\b(?:is|are) there .*\b(?:tonight|today|tomorrow|this (?:week|evening|afternoon|weekend|month))\b|(?:今天|今晚|明天|本周|这周|周末)有.*吗")),
    ("exists", _form(r"\b(?:is|are) there\b|\bdo you (?:have|offer|provide|lend|sell)\b|\bhave you\b|\bany\b|\bdoes the library (?:have|offer|lend)|有没有|有.{0,12}(?:吗|么)|提供.*吗")),
)  # fmt: skip
"""The first that fits names the slot: the narrow ones stand before the wide ones."""

CLAIM = re.compile(
    r"^(?:so|but|no|since|as|given that|because|i thought|i heard|i read|i was told|someone told me|they say|you said|you told me|my friend says?)\b(?!.*\bcan you\b)|"
    r"\b(?:is it (?:true|right|correct)(?: that)?|is that (?:right|true|correct)|(?:isn|aren|don|doesn|won|can|didn)t (?:it|they|you|i|we|there|he|she)\s*\??$|right\s*\??$|correct\s*\??$|true\s*\??$|you (?:told me|said)|i (?:heard|thought|read|was told))|"
    r"既然|听说|据说|不是.{1,20}吗|是不是|是吧|对吧|对吗|对不对|没错吧|我以为|你说|你刚才说|你们说|因为|^why\b|为什么|为何"
)
TAG = re.compile(
    r"[,，]?\s*(?:(?:isn|aren|don|doesn|won|can|didn)t (?:it|they|you|i|we|there)|right|correct|true|is that (?:right|true|correct)|对吗|对吧|是吧|对不对|是吗|没错吧|no)\s*[?？。.!]*$|"
    r"^(?:no,? |so,? |but,? |well,? )*(?:since|given that|because|i (?:heard|thought|read|was told)(?: that)?|someone told me(?: that)?|is it (?:true|right|correct)(?: that)?|you (?:told me|said)(?: that)?|my friend says?(?: that)?|听说|据说|既然|因为|我以为|你刚才说|你说)\s*"
)
TALK = re.compile(
    r"(?:(?:isn|aren|don|doesn|won|can|didn)t (?:it|they|you|i|we|there)|is that (?:right|true|correct)|right|correct|please|thanks?|thank you|sorry|excuse me|hi|hello|hey|well|no|yes|ok(?:ay)?|对吗|对吧|是吧|是吗|你好|您好|请问|谢谢|那个|嗯|麻烦问一下|对不对|没错吧)[?？!。. ]*"
)
SPLIT = re.compile(
    r"[?？。!！;；]+|\.(?=\s)|[,，](?= ?(?:and |so |but |then )?(?:how|what|when|where|who|can|could|may|is|are|do|does|which|will)\b)|[，,](?=[^，,]*(?:吗|多|几|怎|哪|什么|能|可以|谁|呢))|"
    r",\s(?=(?:right|correct|is that|isnt|arent|dont|doesnt)\b)|(?<=[a-z]) (?:and|but) (?=(?:how|what|when|where|can|is|are|do)\b)"
)
FREE = re.compile(r"\bfree\b|\bno charge\b|\bnothing\b|免费|不要钱|不收费|不用钱|白")
PRONOUN = re.compile(
    r"\b(?:it|they|them|there|that|those|these|this|one|ones)\b|^(?:and|or|oh|what about|how about)\b|它|他们|那里|那儿|那边|这个|那个|这里|^那|呢[?？。]?$|之后|然后"
)
"""Marks a question that leans on what was said before."""
OURS = re.compile(r"\b(?:you|your|library)\b|你们|图书馆|本馆|全馆|馆里")
TROUBLE = frozenset(
    ("lose", "find", "damage", "owe", "lost property", "be late", "miss", "fire", "medical", "late fee", "power", "bank card")
)  # fmt: skip
"""What a reader may just tell, and be answered."""
TOLD = re.compile(
    r"^(?:wait,? |well,? |oh,? )?(?:i|we|im|ive|were|my)\b|^(?:我|我们|咱们)(?!.*(?:吗|么|呢|多|几|怎|哪|什么|能|可以|谁))"
)
DANGER = re.compile(
    r"\bi (?:can )?(?:smell|see)\b|\b(?:what|how|help|theres?|someone|somebody|he|she|my \w+)\b|怎么|了$|了[，,。!！]|帮|救|快|有人|[!！]$"
)
NO_DANGER = re.compile(
    r"^(?:where|find|who|do you have|have you|is there a (?:book|copy)|take|show)\b|\bbooks?\b|[书本《]"
)
LIVE = re.compile(
    r"\b(?:is|are) (?:the |your |any )?[\w' -]{2,30} (?:working|broken|out of order|out of service|busy|full|occupied|free right now|crowded)\b(?: (?:now|today|right now|again))?\s*\??$|"
    r"(?:坏了|修好|人多|满了|满座|空着|拥挤|有空位|排队)(?:吗|没|么|了吗|没有|不)"
)
"""Asks how things stand at this moment, which no document says."""
