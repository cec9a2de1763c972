"""The staff's page of worlds as HTML: no script, one form per world, the colours of the kiosk."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from server.worlds_review import Kept

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "heading": "Worlds of books", "waiting": "wait for you", "none": "No world has been made yet.",
        "on": "Readers get a world when it is approved here.",
        "off": "Readers get every world at once: the setting worlds_reviewed is off. You can still take one down.",
        "approve": "Approve", "withdraw": "Take back", "remove": "Take down for good", "reason": "Why",
        "waits": "waits", "shown": "readers get it", "ai": "AI", "algorithmic": "drawn by rules", "prompt": "Prompt",
        "enter": "Enter", "idea": "a reader's own idea or a theme shelf",
    },
    "zh": {
        "heading": "书中世界", "waiting": "个待审", "none": "还没有生成任何世界。",
        "on": "世界经此处通过后才向读者开放。",
        "off": "未开启审核（worlds_reviewed），世界生成后立即开放；仍可在此下架。",
        "approve": "通过", "withdraw": "撤回", "remove": "永久下架", "reason": "理由",
        "waits": "待审", "shown": "已开放", "ai": "人工智能生成", "algorithmic": "程序绘制", "prompt": "提示词",
        "enter": "进入", "idea": "读者自拟或主题书架",
    },
}  # fmt: skip

STYLE: Final = (
    ":root{color-scheme:light dark;--wall:#dfe7e2;--paper:#fbfcf8;--rule:#c3cfc8;--ink:#17252a;--soft:#4a5a5c;"
    "--seal:#ad3522;--good:#2c6148;--on:#fbfcf8}"
    "@media (prefers-color-scheme:dark){:root{--wall:#141c1e;--paper:#1e282a;--rule:#39484a;--ink:#e9efe9;"
    "--soft:#b0bebb;--seal:#f0907a;--good:#8fd0ae;--on:#141c1e}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--wall);color:var(--ink);font:1rem/1.5 Inter,'Segoe UI',"
    "'Noto Sans','Noto Sans CJK SC',sans-serif}main{max-width:76rem;margin:0 auto;padding:2rem 1rem}"
    "h1{font:600 2rem/1.2 'Source Serif 4','Noto Serif','Noto Serif CJK SC',Georgia,serif;margin:0 0 .3rem}"
    "p{margin:.2rem 0;color:var(--soft)}ul{list-style:none;margin:1.5rem 0;padding:0;display:grid;gap:1rem;"
    "grid-template-columns:repeat(auto-fill,minmax(19rem,1fr))}"
    "li{background:var(--paper);border:1px solid var(--rule);border-radius:.6rem;overflow:hidden;display:flex;"
    "flex-direction:column}li.waits{border:2px solid var(--seal)}img{display:block;width:100%;aspect-ratio:8/5;"
    "object-fit:cover;background:var(--wall)}.body{padding:.8rem 1rem 1rem;display:flex;flex-direction:column;"
    "gap:.4rem;flex:1}h2{font-size:1.1rem;margin:0;overflow-wrap:anywhere}small{color:var(--soft);overflow-wrap:anywhere}"
    ".state{font-weight:600;color:var(--good)}.waits .state{color:var(--seal)}form{display:flex;flex-wrap:wrap;"
    "gap:.5rem;margin-top:auto;padding-top:.5rem}button,input,a.enter{min-height:3rem;border-radius:.6rem;border:"
    "1px solid var(--rule);background:var(--paper);color:var(--ink);font:inherit;padding:0 .9rem}"
    "a.enter{display:inline-flex;align-items:center;text-decoration:none}input{flex:1 1 8rem;min-width:0}"
    "button.first{background:var(--ink);color:var(--on);border-color:var(--ink)}button.last{color:var(--seal)}"
    ":focus-visible{outline:3px solid var(--seal);outline-offset:2px}details{color:var(--soft)}"
)


def write_page(kept: Sequence[Kept], reviewed: bool, lang: str) -> str:
    """The whole page, those that wait first."""
    words = WORDS.get(lang, WORDS["en"])
    waiting = sum(not one.shown for one in kept)
    count = f" · {waiting} {words['waiting']}" if waiting else ""
    cards = "".join(_card(one, words, reviewed) for one in kept)
    body = f"<ul>{cards}</ul>" if kept else f"<p>{words['none']}</p>"
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{words["heading"]} · Shelfway</title>'
        f"<style>{STYLE}</style><main><h1>{words['heading']}{count}</h1>"
        f"<p>{words['on' if reviewed else 'off']}</p>{body}</main></html>"
    )


def _card(one: Kept, words: dict[str, str], reviewed: bool) -> str:
    entry, facts = one.entry, one.entry.facts
    title = escape(facts.title or words["idea"])
    state = words["shown" if one.shown else "waits"]
    first = "withdraw" if one.shown else "approve"
    button = f'<button class="first" name="act" value="{first}">{words[first]}</button>' if reviewed else ""
    about = f"{words.get(facts.label, facts.label)} · {facts.painter} · {facts.record_id or words['idea']}"
    return (
        f'<li class="{"" if one.shown else "waits"}"><img loading="lazy" alt="" src="/v1/worlds/{entry.hash}.jpg">'
        f'<div class="body"><h2>{title}</h2><span class="state">{state}</span>'
        f"<small>{escape(about)} · {escape(facts.made_at)}</small>"
        f"<details><summary>{words['prompt']}</summary><small>{escape(facts.prompt)}</small></details>"
        f'<form method="post" action="/staff/worlds/{entry.hash}">{button}'
        f'<a class="enter" href="/world.html?hash={entry.hash}">{words["enter"]}</a>'
        f'<input name="reason" maxlength="500" placeholder="{words["reason"]}" aria-label="{words["reason"]}: {title}">'
        f'<button class="last" name="act" value="remove">{words["remove"]}</button></form></div></li>'
    )
