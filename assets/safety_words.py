"""Words that no home's worlds are made of, and what looks like them without being them.

The list is short on purpose: pictures are composed from a vocabulary of our own, so these words only decide whether a
reader's idea or a title may be shown at all. A home adds its own in ``blocked.txt``.
"""

from __future__ import annotations

BLOCKED: tuple[str, ...] = (
    "porn", "pornography", "nude", "nudes", "naked", "nsfw", "erotic", "erotica", "hentai", "sex", "sexy", "rape",
    "incest", "gore", "beheading", "torture porn", "suicide method", "self harm", "bomb recipe", "how to make a bomb",
    "nazi salute", "swastika", "child abuse", "drug recipe", "methamphetamine",
    "色情", "裸体", "裸照", "情色", "黄片", "成人影片", "性交", "强奸", "乱伦", "血腥", "斩首", "自杀方法", "自残",
    "制造炸弹",     "制毒", "冰毒", "虐童", "纳粹",
)  # fmt: skip

HARMLESS: tuple[str, ...] = (
    "naked eye", "naked ape", "naked economics", "naked sun", "naked and the dead", "nude mouse", "sex education",
    "second sex", "sex and gender", "the naked", "sexology",
)  # fmt: skip
"""Phrases of real titles and sciences that hold a word of the list."""

_PAIRS = (
    "аa еe оo рp сc хx уy кk мm тt нh вb іi јj ѕs ԁd ԛq ԝw һh ɡg ıi ɑa αa οo ρp εe νv υu τt κk ιi ηn χx γy "
    "0o 1i 3e 4a 5s 7t 8b @a $s !i |l €e £l ¡i"
)
LOOKALIKES: dict[int, str] = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
"""Characters of other scripts and digits that stand for Latin letters."""
