"""How English is read aloud: numbers, years, times, dates, call numbers and addresses as words."""

from __future__ import annotations

import re
from typing import Final

_UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_MONTHS = "January February March April May June July August September October November December"
ONES: Final = tuple(_UNDER_TWENTY.split())
TENS: Final = tuple(_TENS.split())
MONTHS: Final = tuple(_MONTHS.split())
_SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
UNITS: Final = {
    "m": ("metre", "metres"),
    "km": ("kilometre", "kilometres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "s": ("second", "seconds"),
    "kg": ("kilogram", "kilograms"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "m²": ("square metre", "square metres"),
}
MONEY: Final = {
    "$": ("dollar", "dollars"),
    "£": ("pound", "pounds"),
    "€": ("euro", "euros"),
    "¥": ("yuan", "yuan"),
    "￥": ("yuan", "yuan"),
}


def cardinal(value: int) -> str:
    """42 → "forty-two". Numbers of 10¹⁵ and more are read digit by digit."""
    if value < 0:
        return "minus " + cardinal(-value)
    if value >= 10**15:
        return digits(str(value))
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = value % 100
        return f"{ONES[value // 100]} hundred" + (f" and {cardinal(rest)}" if rest else "")
    for size, name in _SCALES:
        if value >= size:
            rest = value % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{cardinal(value // size)} {name}" + (f"{joint}{cardinal(rest)}" if rest else "")
    raise AssertionError(value)


def ordinal(value: int) -> str:
    """3 → "third", 21 → "twenty-first"."""
    words = cardinal(value)
    head, joint, last = re.fullmatch(r"(.*?)([ -]?)([a-z]+)", words).groups()  # type: ignore[union-attr]
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return f"{head}{joint}{last}"


def digits(text: str, zero: str = "zero") -> str:
    """ "305" → "three zero five"; letters are named one by one, other marks are dropped."""
    return " ".join((zero if c == "0" else ONES[int(c)]) if c in "0123456789" else c for c in text if c.isalnum())


def decimal(text: str) -> str:
    """ "1,234.50" → "one thousand two hundred and thirty-four point five zero"."""
    whole, point, part = text.replace(",", "").partition(".")
    said = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole or "0"))
    return f"{said} point {digits(part)}" if point and part else said


def year(value: int) -> str:
    """1984 → "nineteen eighty-four", 2005 → "two thousand and five", 1900 → "nineteen hundred"."""
    high, low = divmod(value, 100)
    if value % 1000 < 10:
        return cardinal(value)
    if low == 0:
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {'oh ' + ONES[low] if low < 10 else cardinal(low)}"


def room(text: str) -> str:
    """ "305" → "three oh five", "1204" → "twelve oh four", "12" → "twelve"."""
    if len(text) <= 2:
        return cardinal(int(text))
    if text.endswith("00") and len(text) == 3:
        return cardinal(int(text))
    if len(text) == 4 and not text.startswith("0") and not text.endswith("00"):
        return year(int(text)) if text[1] != "0" or text[2] != "0" else digits(text, "oh")
    return digits(text, "oh")


def clock(hour: int, minute: int, half: str = "") -> str:
    """9:05 → "nine oh five"; 21:00 → "nine P M"; noon and midnight by name. ``half``: "am" or "pm" when written."""
    if (hour, minute) in ((0, 0), (24, 0)):
        return "midnight"
    if (hour, minute) == (12, 0) and half != "am":
        return "noon"
    if not half:
        half = "am" if hour < 12 else "pm"
    twelve = hour % 12 or 12
    said = ONES[twelve]
    if minute:
        said += f" oh {ONES[minute]}" if minute < 10 else f" {cardinal(minute)}"
    return f"{said} {half[0].upper()} M"


def day(number: int) -> str:
    """24 → "twenty-fourth"."""
    return ordinal(number)


def call_number(text: str) -> str:
    """ "TP312" → "T P three one two", "QA76.73" → "Q A seventy-six point seven three"."""
    said: list[str] = []
    for part in re.findall(r"[A-Za-z]+|\d+|[./:=+-]|[\u3400-\u9fff]+", text):
        if part.isdigit():
            after_letter = bool(said) and said[-1].isupper()
            said.append(cardinal(int(part)) if after_letter and len(part) <= 2 and part[0] != "0" else digits(part))
        elif part.isalpha() and part.isascii():
            said.append(" ".join(part.upper()))
        else:
            said.append(
                {".": "point", "/": "slash", "-": "dash", ":": "colon", "=": "equals", "+": "plus"}.get(part, part)
            )
    return re.sub(r" slash", ", slash", " ".join(said))


def address(text: str) -> str:
    """A web or mail address as one dictates it: "lib.org/a" → "lib dot org slash a"."""
    text = re.sub(r"^https?://(www\.)?", "", text).rstrip("/")
    names = {".": " dot ", "@": " at ", "/": " slash ", "-": " dash ", "_": " underscore ", ":": " colon "}
    said = "".join(names.get(c, c if c.isalnum() else " ") for c in text)
    return re.sub(r"\d+", lambda m: f" {digits(m[0])} ", said).strip()


def price(number: str, unit: tuple[str, str]) -> str:
    """ "12.50", ("pound", "pounds") → "twelve pounds fifty"; "0.20" → "zero point two zero pounds"."""
    whole, _, part = number.replace(",", "").partition(".")
    if len(part) != 2 or part == "00" or whole.strip("0") == "":
        return amount(number.removesuffix(".00"), unit)
    cents = f"oh {ONES[int(part)]}" if part[0] == "0" else cardinal(int(part))
    return f"{amount(whole, unit)} {cents}"


def amount(number: str, unit: tuple[str, str]) -> str:
    """ "5", ("metre", "metres") → "five metres"."""
    return f"{decimal(number)} {unit[0] if number == '1' else unit[1]}"
