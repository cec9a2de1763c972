"""Does a sentence tell who somebody is? Such a sentence is kept nowhere."""

from __future__ import annotations

import re

_WHO = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"
    r"|\bmy name\b|\bi(?:'m| am) (?:called )?[A-Z][a-z]+\b(?! librar)|\bthis is [A-Z][a-z]+ [A-Z][a-z]+\b"
    r"|\bmy (?:(?:library |reader'?s? |bank |credit )?card|account|phone|mobile|passport)\b"
    r"|\bmy (?:address|birthday|e-?mail)\b"
    r"|\bi live (?:in|at|on)\b|\bborn (?:in|on)\b.*\d"
    r"|我叫|我的?名字|我姓|身份证|护照号|手机号|电话号码|(?:我的|读者|借书|银行)(?:卡|证)号|我住|我家(?:在|住)"
    r"|我的(?:账号|账户|生日|邮箱|地址|电话)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bI(?:'m| am) (?:called )?[A-Z][a-z]+\b")
_LONG_NUMBER = re.compile(r"(?:\d[\s-]?){7,}\d?")
_ISBN = re.compile(r"^97[89]\d{10}$|^\d{9}[\dXx]$")


def tells_who(text: str) -> bool:
    """Is there a name, an address, a number of a card or telephone, or the like in it? Rather once too often."""
    for found in _WHO.finditer(text):
        if not re.match(r"i(?:'m| am) ", found[0], re.IGNORECASE) or _NAMED.match(found[0]):
            return True
    return any(not _ISBN.match(re.sub(r"[\s-]", "", found[0])) for found in _LONG_NUMBER.finditer(text))
