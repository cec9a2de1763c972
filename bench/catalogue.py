"""Catalogue search on made-up records: build time, size, p50 and p99 in milliseconds, hit@10 for each class of query.

Titles, authors and subjects are drawn from word lists below with a fixed seed (62 % Chinese, 28 % English, 10 % mixed),
and each query knows the record it must find. Prints one JSON document.

    python bench/catalogue.py --records 20000 --queries 120
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sqlite3
import tempfile
import time
from pathlib import Path

from pypinyin import lazy_pinyin

from library.callnumber import key
from library.search import match_title, search
from library.store import Catalogue
from library.values import Item, Record

_ZH = (
    "数据 图书 历史 现代 理论 实践 分析 设计 网络 学习 机器 语言 文化 社会 经济 政治 科学 艺术 音乐 电影 "
    "健康 医学 城市 农村 女性 儿童 教育 教师 阅读 写作 小说 诗歌 戏剧 哲学 伦理 宗教 法律 国际 贸易 金融 "
    "银行 管理 战略 创新 技术 软件 工程 物理 化学 生物 遗传 生态 进化 数学 代数 几何 统计 概率 优化 控制 "
    "视觉 知识 信息 检索 档案 博物馆 遗产 数字 虚拟 空间 导航 建筑 材料 环境 农业 森林 海洋 河流 山脉 旅行 "
    "美食 茶道 园林 摄影 绘画 雕塑 时尚 体育 足球 象棋 心理 大脑 情感 记忆 人类 考古 帝国 战争 和平 革命 "
    "民主 中国 亚洲 欧洲 上海 长江 黄河 唐朝 宋朝 明代 清代 民国 丝绸 敦煌 "
)
_EN = (
    "data library history modern theory practice analysis design network machine language culture society economy art "
    "music film health water energy climate city women children teacher novel poetry drama philosophy ethics religion "
    "law trade finance market leadership strategy technology computer software physics chemistry biology genetics "
    "ecology algebra geometry statistics optimization robot vision speech knowledge retrieval archive museum heritage "
    "space navigation architecture agriculture forest ocean mountain travel cooking garden photography sculpture "
    "fashion football chess psychology memory sociology archaeology empire revolution democracy shanghai london paris"
)
_HEADS = "b c d f g h j k l m n p r s t v w br cl dr fl gr pl pr st tr"
_TAILS = ["研究", "概论", "导论", "教程", "史", "实践", "入门", "论文集", "手册", "丛书"]
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华建国红志玉春海燕新云飞龙鹏宇浩然子轩"


def make_words(rng: random.Random, count: int) -> list[str]:
    heads = _HEADS.split()
    ends = ["", "n", "r", "s", "l", "t", "m", "nd", "st", "ck"]
    words: set[str] = set()
    while len(words) < count:
        size = rng.choice([2, 2, 3])
        words.add("".join(rng.choice(heads) + rng.choice("aeiou") + rng.choice(ends) for _ in range(size)))
    return sorted(words)


def make_records(count: int, rng: random.Random) -> list[tuple[Record, str]]:
    zh, en = _ZH.split(), _EN.split() + make_words(rng, 4000)
    out = []
    for number in range(count):
        kind = rng.choices(["zh", "en", "mixed"], [62, 28, 10])[0]
        if kind == "en":
            title = " ".join(rng.sample(en, rng.randint(3, 5))).capitalize()
            author = f"{rng.choice(en[110:]).capitalize()} {rng.choice(en[110:]).capitalize()}"
            call, scheme = f"{rng.randint(0, 999):03}.{rng.randint(1, 99)} {author[0]}{rng.randint(10, 99)}", "ddc"
        else:
            words = rng.sample(zh, rng.randint(3, 4))
            title = "".join(words) + rng.choice(_TAILS)
            title = f"{rng.choice(en).capitalize()} {title}" if kind == "mixed" else title
            author = rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, 2))
            call, scheme = f"{rng.choice('BCDEFGHIJKNOPQRSTUVXZ')}{rng.randint(1, 999)}/{rng.randint(1, 4000)}", "clc"
        record_id = f"s{number:07}"
        item = Item(call, scheme, key(scheme, call))
        subjects = tuple(rng.sample(en[:100] if kind == "en" else zh, 2))
        record = Record(record_id, title, (title,), (author,), (author,), 2001, (), "", (), subjects, "", (item,), True)
        out.append((record, kind))
    return out


def make_queries(records: list[tuple[Record, str]], per: int, rng: random.Random) -> dict[str, list[tuple[str, str]]]:
    zh = [record for record, kind in records if kind == "zh"]
    en = [record for record, kind in records if kind == "en"]
    sounds: dict[str, list[str]] = {}
    for char in sorted({char for record in zh for char in record.title}):
        sounds.setdefault(lazy_pinyin(char)[0], []).append(char)
    classes: dict[str, list[tuple[str, str]]] = {name: [] for name in
        ("title", "words_author", "fragment", "typo_en", "homophone_zh", "pinyin", "call_number")}  # fmt: skip
    for record, _ in rng.choices(records, k=per):
        classes["title"].append((record.title, record.record_id))
        classes["call_number"].append((record.items[0].call_number, record.record_id))
    for record in rng.choices(en, k=per):
        words = record.title.split()
        classes["words_author"].append((f"{words[-1]} {words[0]} {record.authors[0].split()[-1]}", record.record_id))
        longest = max(range(len(words)), key=lambda at: len(words[at]))
        word, cut = words[longest], rng.randrange(1, len(words[longest]) - 1)
        words[longest] = rng.choice(
            [word[:cut] + word[cut + 1 :], word[:cut] + "x" + word[cut + 1 :], word[:cut] + "x" + word[cut:]]
        )
        classes["typo_en"].append((" ".join(words), record.record_id))
    for record in rng.choices(zh, k=per):
        title = record.title
        start = rng.randint(0, len(title) - 5)
        classes["fragment"].append((title[start : start + 5], record.record_id))
        classes["pinyin"].append(("".join(lazy_pinyin(title)), record.record_id))
        places = [at for at, char in enumerate(title) if len(sounds[lazy_pinyin(char)[0]]) > 1]
        if places:
            at = rng.choice(places)
            others = [char for char in sounds[lazy_pinyin(title[at])[0]] if char != title[at]]
            classes["homophone_zh"].append((title[:at] + rng.choice(others) + title[at + 1 :], record.record_id))
    return classes


def measure(catalogue: Catalogue, classes: dict[str, list[tuple[str, str]]]) -> dict[str, dict[str, float]]:
    results = {}
    for name, queries in classes.items():
        times, found = [], 0
        for query, record_id in queries:
            start = time.perf_counter()
            hits = search(catalogue, query, 10)
            times.append((time.perf_counter() - start) * 1000)
            found += record_id in {hit.record.record_id for hit in hits}
        times.sort()
        results[name] = {
            "queries": len(queries),
            "hit_at_10": round(found / len(queries), 3),
            "p50_ms": round(times[len(times) // 2], 2),
            "p99_ms": round(times[int(len(times) * 0.99)], 2),
        }
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=120, help="queries of each class")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    records = make_records(args.records, rng)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite"
        catalogue = Catalogue.open(path)
        start = time.perf_counter()
        catalogue.put(record for record, _ in records)
        build_s = time.perf_counter() - start
        classes = make_queries(records, args.queries, rng)
        results = measure(catalogue, classes)
        start = time.perf_counter()
        exact = sum(
            any(hit.exact and hit.record.record_id == record_id for hit in match_title(catalogue, title, 50))
            for title, record_id in classes["title"]
        )
        match_ms = (time.perf_counter() - start) * 1000 / len(classes["title"])
        catalogue.close()
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    document = {
        "bench": "catalogue", "records": args.records, "build_s": round(build_s, 2), "size_mb": round(size / 1e6, 1),
        "search": results,
        "match_title": {"exact": round(exact / len(classes["title"]), 3), "mean_ms": round(match_ms, 2)},
        "python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "machine": platform.machine(),
    }  # fmt: skip
    print(json.dumps(document, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
