"""How Chinese is read aloud: numbers, years, times, dates, call numbers and addresses as characters."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
MEASURES: Final = "本个位米分秒小天周次种册台张间把部份条步站遍件套家层楼号"
_TWO_AS_LIANG: Final = frozenset("本个位米次种册台张间把部份条步站遍件套家分天周小")
UNITS: Final = {
    "m": "米",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "min": "分钟",
    "h": "小时",
    "s": "秒",
    "kg": "公斤",
    "MB": "兆",
    "GB": "G B",
    "°C": "摄氏度",
    "m²": "平方米",
}
MONEY: Final = {"$": "美元", "£": "英镑", "€": "欧元", "¥": "元", "￥": "元"}


def digits(text: str) -> str:
    """ "305" → "三零五"; letters stay, set apart; other marks are dropped."""
    said = "".join(DIGITS[int(c)] if c in "0123456789" else f" {c} " for c in text if c.isalnum())
    return re.sub(r" +", " ", said).strip()


def phone(text: str) -> str:
    """ "138" → "幺三八": on the telephone one says 幺, which nobody takes for seven."""
    return digits(text).replace("一", "幺")


def _below_10000(value: int, leading: bool) -> str:
    said, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit == 0:
            gap = gap or bool(said)
            continue
        if gap:
            said, gap = said + "零", False
        if size == 10 and digit == 1 and not said and leading:
            said += "十"
        else:
            said += DIGITS[digit] + name
    return said


def cardinal(value: int) -> str:
    """42 → "四十二", 10005 → "一万零五". Numbers of 10¹⁶ and more are read digit by digit."""
    if value < 0:
        return "负" + cardinal(-value)
    if value == 0:
        return "零"
    if value >= 10**16:
        return digits(str(value))
    said, gap = "", False
    for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, size)
        if part == 0:
            gap = gap or bool(said)
            continue
        if said and (gap or part < 1000):
            said += "零"
        gap = False
        said += _below_10000(part, leading=not said) + name
    return said


def counted(text: str, after: str) -> str:
    """A number before a measure word: "2", "本" → "两"; "2", "层" → "二"."""
    if text == "2" and after[:1] in _TWO_AS_LIANG:
        return "两"
    return decimal(text)


def decimal(text: str) -> str:
    """ "1,234.5" → "一千二百三十四点五"; a number written with a leading zero is read digit by digit."""
    whole, point, part = text.replace(",", "").partition(".")
    said = digits(whole) if len(whole) > 1 and whole.startswith("0") else cardinal(int(whole or "0"))
    return f"{said}点{digits(part)}" if point and part else said


def clock(hour: int, minute: int) -> str:
    """9:00 → "九点", 9:05 → "九点零五分", 14:30 → "十四点三十分"."""
    said = ("两" if hour == 2 else cardinal(hour)) + "点"
    if minute:
        said += ("零" if minute < 10 else "") + cardinal(minute) + "分"
    return said


def call_number(text: str) -> str:
    """ "TP312" → "T P 三一二", "I247.55/1234" → "I 二四七点五五 斜杠 一二三四"."""
    marks = {".": "点", "/": " 斜杠 ", "-": "杠", ":": "冒号", "=": "等号", "+": "加"}
    said = ""
    for c in text:
        if c in "0123456789":
            said += DIGITS[int(c)]
        elif c.isascii() and c.isalpha():
            said += f" {c.upper()} "
        else:
            said += marks.get(c, c if c.isalnum() else " ")
    return re.sub(r" +", " ", said).strip()


def address(text: str) -> str:
    """A web or mail address as one dictates it: "lib.org/a" → "lib 点 org 斜杠 a"."""
    text = re.sub(r"^https?://(www\.)?", "", text).rstrip("/")
    marks = {".": " 点 ", "@": " 艾特 ", "/": " 斜杠 ", "-": " 杠 ", "_": " 下划线 ", ":": " 冒号 "}
    said = "".join(marks.get(c, DIGITS[int(c)] if c in "0123456789" else c if c.isalnum() else " ") for c in text)
    return re.sub(r" +", " ", said).strip()
