"""What follows the class in Dewey and Library of Congress call numbers: cutters, years, volumes, copies.

A cutter is letters and a decimal (.N49 before .N5); years, volumes and copies are integers. Nothing comes before
something; after equal cutters a year comes before a further cutter, a further cutter before letters joined to the
cutter's digits, and those before further digits.
"""

from __future__ import annotations

import re

from library.callnumber_text import MARK, PART, integer

_COUNTED = (
    r"(?:vols?|v|copy|cop|c|nos?|nr|num|n|pts?|part|parts|bd|band|t|tome|ed|ser|series|suppl|sup|disc|cd|book|bk|issue"
    r"|year|yr|fasc|index|ch|sect|sec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_TOKEN = re.compile(
    rf"(?P<counted>(?<![A-Za-z.])(?:{_COUNTED})(?=\.? ?\d)(?:\. ?| (?=\d))|(?<![A-Za-z.])(?:v|c|no|vol|pt|bd|t)(?=\d))"
    r"|(?P<letters>[A-Za-z]+)(?P<decimal>\d*)(?P<mark>[A-Za-z]*(?![\dA-Za-z]))"
    r"|(?P<number>\d+)(?:\.(?P<fraction>\d+))?(?P<after>[A-Za-z]*(?![\dA-Za-z]))"
)
_CASELESS_COUNTED = re.compile(rf"(?<![A-Za-z.\d])({_COUNTED})\. ?(?=\d)", re.IGNORECASE)


def parts_key(text: str) -> str:
    """The key of everything after the class number. ``text`` is folded; marks between the parts carry no weight."""
    lowered = _CASELESS_COUNTED.sub(lambda found: found[1].lower() + ".", text)
    out: list[str] = []
    for token in _TOKEN.finditer(lowered):
        counted, letters, number = token["counted"], token["letters"], token["number"]
        if counted is not None:
            out.append(PART + re.sub(r"[^A-Z]", "", counted.upper()) + "!")
        elif letters is not None:
            out.append(PART + letters.upper() + token["decimal"])
            if token["mark"]:
                out.append(MARK + token["mark"].upper())
        elif number is not None:
            out.append(("" if out and out[-1].endswith("!") else PART) + integer(number) + (token["fraction"] or ""))
            if token["after"]:
                out.append(MARK + token["after"].upper())
    return "".join(out)
