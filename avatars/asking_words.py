"""The plain words of asking for a book: what is left of a sentence without them is what it is about."""

from __future__ import annotations

import re

from avatars.language import fold

_EN = frozenset(
    """a an the of and or to in on for with by at from as into about up down out over off near next is are was were be been
    being am do does did done doing have has had having can could would will shall should may might must not no yes
    i i'm i'd i've i'll im id ive me my mine you you're your yours we us our they them their he him his she her it its
    it's this that that's these those there there's here what what's whats which who who's whos whose where where's
    wheres whereabouts when how if whether any some all one ones two both each other another else more also too again
    just only now still currently today yet maybe perhaps possibly kindly really actually please pls thanks thank cheers
    um umm uh er erm hmm oh ah so ok okay well right hey hi hello sorry excuse pardon good morning afternoon evening sir
    madam miss librarian lin let let's get got give gimme grab fetch pick find finding search searching look looking see
    seeing show tell know want wanted wanna need needs like liked love wish hope hoping try trying wonder wondering ask
    asked asking help read reading borrow borrowing take taking bring lead guide walk go going gonna come show point direct
    reach stand stands standing keep kept hold holds held own owns carry stock stocked shelve shelved placed located
    locate put stored sits live lives book books novel novels copy copies title titled titles work works volume play
    story called named entitled written wrote write writes author authors writer novelist by published publication
    publish year come came edition hard physical library catalogue collection shelf shelves shelf's section aisle row bay
    level floor storey place spot location way route available availability free checked check loan loaned lent borrowed
    in-stock call number class mark classmark shelfmark many much number long far anywhere somewhere anything something
    someone somebody think believe sure true correct isn't aren't wasn't weren't doesn't don't didn't haven't hasn't can't
    find-me time moment quick quickly question famous old new great big friend teacher mum dad daughter son kid
    recommended recommend suggest told wants needs there's school class course project report wife husband mother father sister brother grandma grandpa what's heard then than same id first second third said says mentioned today's isbn somewhere 1st 2nd 3rd latest"""
    .split()
)  # fmt: skip

_ZH = re.compile(
    "|".join(
        sorted(
            """请问 请 您好 你好 谢谢 麻烦 打扰 不好意思 劳驾 帮忙 帮我 帮 给我 给 一下 看看 我们 我 咱们 咱 你们 你 您 他们 他 她 它 这里 那里 这儿 那儿
            哪里 哪儿 哪个 哪一 哪本 哪 什么地方 什么位置 什么 啥 几号 几楼 几层 几排 几架 几本 几册 几 第 楼 层 号 排 书架 架子 架 区 位置 地方 方向 具体 应该
            放在 摆在 放 摆 位于 收藏 存放 在 是不是 是否 是 有没有 没有 没 有 都 还 也 就 就是 吗 呢 吧 啊 呀 哦 哈 嗯 呃 额 嘛 么 了 的 得 地 过 着 把 被
            想要 想 要 需要 打算 准备 找到 找 查一查 查查 查询 查 搜 借阅 借到 借走 借出 外借 可借 借 看 读 买 拿 取 去 到 来 带路 带 领 走 怎么 如何 怎样 怎 能不能 可不可以
            可以 能 会 行 这本 那本 这部 那部 一本 本 部 册 这 那 个 一个 书名 书籍 图书 书 小说 名字 名叫 叫做 叫 写的 写 作者 著 谁 哪位 作家 出版 年份 哪年 时候 发表
            讲的 讲 说的 说 关于 内容 故事 介绍 索书号 分类号 书号 多少 馆里 馆内 本馆 图书馆 馆 里面 里边 里 上面 上 下 现在 目前 今天 那个 知道 告诉 一问 问一下 问问 问
            老师 馆员 小林 然后 另外 以及 和 跟 与 或 对了 好的 好 急 用 版 本书 听说 推荐 朋友 孩子 作业 两 一共 总共 馆藏 架上 在架 在馆 还有 不 呵 哎 喂 诶 对 吧 看过 中 从 这边 那边""".split(),
            key=len,
            reverse=True,
        )
    )
)
_PINYIN = re.compile(
    r"\b(?:qing ?wen|wo (?:yao|xiang) (?:zhao|kan|jie)|you mei ?you)\b|\bzai (?:na ?(?:li|er|r)?|shen ?me di ?fang|ji ?lou)\b|\bshei xie de\b"
)
_MARKS = re.compile(r"[\s,.!?;:，。！？；：、…·~～\"'“”‘’《》「」()（）\-—]+")


def left_over(text: str, *, zh: bool) -> str:
    """What the words of asking do not explain, "" when they explain everything."""
    plain = _PINYIN.sub(" ", fold(text))
    latin = [w for w in re.findall(r"[a-z0-9][a-z0-9'&+#.-]*", plain) if w.strip(".'-") not in _EN]
    han = _MARKS.sub(" ", re.sub(r"[a-z0-9'&+#.-]+", " ", plain))
    han = _ZH.sub(" ", han) if zh or re.search(r"[\u3400-\u9fff]", han) else ""
    return " ".join([*latin, *han.split()])
