"""馆员的中文说法。Every function takes values already looked up and returns plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

GREETING = "您好，我是{library}的馆员{name}。想找哪本书，还是去哪里？"
THANKS = "不客气。还想找点什么吗？"
BYE = "再见，祝您阅读愉快。"
WHO = "我是{library}的虚拟馆员{name}。我可以找书、带您去书架和房间，也可以依据本馆的规定回答问题。"
HOW = "我很好，谢谢。想找哪本书，还是去哪里？"
HELP = "您可以问我某本书在哪里、有没有某个主题的书、怎么去某个房间或最近的洗手间，也可以问开放时间和规定。我还可以给您带路。"
JOINED = ""
NOT_HELD_SHORT = "馆藏目录里没有找到《{title}》，本馆应该没有收藏。"
NOTHING_SAID = "我还没有说什么。您要找哪本书或哪个地方？"
NONE_IN = "其中没有{language}的，至少目录里没有。"
NO_OTHER_BY = "本馆没有{author}的其他书。{desk}"
OF_WHAT = "您问的是什么？书、房间、读者证还是打印？告诉我，我来查。"
NO_MORE = "找到的就是这些了。换个词我再试试。"
PRAISE = "谢谢夸奖。接下来想找什么？"
RUDE = "我很愿意帮忙。请告诉我书名、主题或馆内的地点。"
NO = "好的，需要时再叫我。"
UNCLEAR = "我没听明白。请说出书名、主题或馆内的地点，好吗？"
OTHER_LANGUAGE = "我会说中文和英文，请用其中一种语言提问。I speak English and Chinese. Could you ask me in one of them?"
OUT_OF_SCOPE = "这个问题我回答不了。我可以在馆内找书、找地方，也可以告诉您开放时间和规定。"
INJECTION = "我只依据本馆的书目、地图和规定来回答，这件事我不能做。我可以帮您找书或找地方。"
NO_FACT = "本馆的文件里没有写这一点，我不能乱猜。{desk}"
DESK = "请到{desk}询问。"
DESK_ANY = "请询问工作人员。"
NOT_HELD = "馆藏目录里没有找到《{title}》，本馆应该没有收藏。我可以帮您找同主题的书。{desk}"
NOT_HELD_BY = (
    "馆藏目录里没有找到{author}的《{title}》，本馆应该没有收藏。我可以帮您找这位作者的其他书或同主题的书。{desk}"
)
NO_AUTHOR = "馆藏目录里没有找到{author}的书。我可以帮您找别的作者或主题。{desk}"
NO_TOPIC = "馆藏目录里没有找到关于{topic}的书。换个词我再试试。{desk}"
NO_KIND = "地图上没有找到{kind}。{desk}"
NO_PLACE = "在书目、地图和文件里都没有找到“{phrase}”。能换个说法吗？{desk}"
NO_SHELF = "本馆有《{title}》（{call_number}），但我的地图上没有它的书架。{desk}"
NO_CALL_NUMBER = "本馆有《{title}》，但目录里没有它的索书号。{desk}"
NOTHING_BEFORE = "我不确定您指的是哪一个。请说出书名或地点，好吗？"
WHICH = "您指的是哪一个：{choices}？"
DID_YOU_MEAN = "您是说{choices}吗？"
ACCOUNT = "我这里没有连接借阅系统，看不到也改不了读者账户。{desk}"
SPACE = "我现在还不能预约。{desk}"
SPACE_AT = "我现在还不能预约，但可以带您去{place}。{desk}"
WORLD = "《{title}》的书中世界现在就可以打开，请在能显示它的屏幕或头显上进入。我也可以带您去找这本书。"
WORLD_OF_WHAT = "我能打开馆藏图书的书中世界。您想看哪本书的世界？{desk}"
AVAILABLE = "目录显示在馆。"
OFFER_GUIDE = "需要我带您去吗？"
RECOMMEND_WHAT = "您喜欢什么？可以告诉我主题、作者，或一本您喜欢的书。"
NO_WAY = "没有找到去那里的路：{reason}"
HERE = "您现在在{where}。"
HERE_ON = "您现在在{level}。"
AROUND = "您附近有：{names}。"
BY_LIFT = "这条路线乘电梯，不走楼梯。"
AROUND_NONE = "附近没有标注的地点。您现在在{where}。"
DANGER = "如有人身危险，请立即拨打紧急电话，并马上告诉最近的工作人员。{desk}"
CORRECTION = "这和本馆文件写的不一样。"
CORRECTION_AUTHOR = "《{title}》的作者是{author}，不是{claimed}。"
UNKNOWN_AUTHOR = "《{title}》的书目记录里没有作者。"
AUTHOR = "《{title}》的作者是{author}。"
YEAR = "《{title}》首次出版于{year}年。"
NO_YEAR = "《{title}》的书目记录里没有年份。{desk}"
NO_EDITION = "本馆没有《{title}》的{language}版。"
LANGUAGE = {"en": "英文", "zh": "中文"}
OTHER_LIBRARY = "我只了解本馆，不了解其他图书馆。我可以在馆内找书、找地方。"
STAFF_ONLY = "{place}仅供馆员使用，我不能带您去。"
BROKEN_OFF = "这个回答我没能说完，以上只是一部分。"
LEFT_OUT = "馆内资料无法证实的部分，我就不说了。"
IN_REVIEW = "我已把这个问题记下来交给馆员，不记录您是谁。由计算机写的回答，要经馆员批准后才会在这里告诉读者。"
MAY_I_KEEP = "我可以把我们谈到的书和地点保留{days}天，凭只给您的代码才能找回；不记姓名，也不记您说过的话。要保留吗？"
KEPT = "我会保留{days}天。您的代码是{code}，下次告诉我就能接着谈；说“忘了我”就会删除。"
NOT_KEPT = "好的，您离开后我会全部忘记。"
NOTHING_TO_KEEP = "我们还没有谈到书或地点，没有可以保留的。您离开后我会全部忘记。"
KEEPS_NOTHING = "您离开后我会全部忘记，这里不保留来访的内容。"
FORGOTTEN = "我已经忘掉我们谈过的内容，也没有保留任何记录。"
NO_SUCH_CODE = "没有找到这个代码的来访记录，可能已经过期，或有一位不对。"
WELCOME_BACK = "欢迎回来。上次我们谈到了{names}。"
TRANSLATED = "以下由计算机翻译：{text}"
NO_TRANSLATION = "这些内容在本馆资料里只有{language}，我翻译不了。{desk}"
NO_SUCH_LANGUAGE = "那种语言我不会说，没法用它再说一遍。{desk}"
IN_LANGUAGE = "本馆的英文文件里写道：{text}"


def join(words: Sequence[str], last: str = "和") -> str:
    """甲、乙和丙。"""
    if len(words) < 2:
        return "".join(words)
    return "、".join(words[:-1]) + last + words[-1]


def choices(words: Sequence[str]) -> str:
    """甲、乙还是丙。"""
    return join(words, "，还是")


def book(title: str, authors: Sequence[str]) -> str:
    """书名和作者。"""
    return f"《{title}》" + (f"（{'、'.join(authors[:3])}）" if authors else "")


def where_book(name: str, level: str, shelf: str, bay: int | None, call_number: str) -> str:
    """书在哪里。"""
    at = _shelf(shelf) + (f"第 {bay} 列" if bay else "")
    number = f"索书号是 {call_number}。" if call_number else ""
    return f"{name}在{level}，{at}。{number}"


def copies(places: Sequence[str]) -> str:
    """其他副本。"""
    return f"另外在{join(list(places))}也有一册。"


def shelf(level: str, label: str) -> str:
    """列表里的书架。"""
    return f"{level}{_shelf(label)}"


def not_available(name: str, status: str) -> str:
    """不在架。"""
    known = {"checked out": "已借出", "on order": "订购中", "in process": "加工中", "missing": "找不到", "lost": "遗失"}
    return f"{name}现在不在架，目录里的状态是“{known.get(status.lower(), status)}”。"


def found(count: int, topic: str, names: Sequence[str]) -> str:
    """主题书单。"""
    return f"关于{topic}，找到{'这本书' if count == 1 else '这些书'}：{join(list(names))}。"


def by_author(author: str, names: Sequence[str]) -> str:
    """作者书单。"""
    count = f"{len(names)}种：" if len(names) > 1 else ""
    return f"{author}的书，本馆有{count}{join(list(names))}。"


def like(title: str, names: Sequence[str]) -> str:
    """同类书。"""
    return f"如果您喜欢《{title}》，也许会喜欢{join(list(names))}。"


def recommend(topic: str, names: Sequence[str]) -> str:
    """推荐。"""
    return f"{topic}方面，可以看看{join(list(names))}。" if topic else f"可以看看{join(list(names))}。"


def where_place(name: str, level: str) -> str:
    """地点。"""
    return f"{name}在{level}。"


def way(name: str, level: str, length_m: float, duration_s: float, first: Sequence[str]) -> str:
    """路程和开头几步。"""
    minutes = max(1, round(duration_s / 60))
    where = f"{level}的" if level else ""
    return f"我带您去{where}{name}，全程 {max(1, round(length_m))} 米，大约 {minutes} 分钟。{''.join(first)}"


def far(name: str, length_m: float, duration_s: float) -> str:
    """多远。"""
    return f"{name}离您 {max(1, round(length_m))} 米，走路大约 {max(1, round(duration_s / 60))} 分钟。"


def already(name: str) -> str:
    """已经到了。"""
    return f"您已经在{name}了。"


def same_level(name: str, level: str, same: bool) -> str:
    """是不是同一层。"""
    return f"是的，{name}就在这一层，{level}。" if same else f"不在这一层，{name}在{level}。"


def count(number: int) -> str:
    """How many books a list has."""
    return f"一共找到{number}种。"


def kind_count(kind: str, count: int, levels: Sequence[tuple[str, int]]) -> str:
    """How many things of a kind there are, floor by floor."""
    return f"地图上有{count}处{kind}：" + "，".join(f"{level}{number}处" for level, number in levels) + "。"


def storeys(names: Sequence[str]) -> str:
    """How many floors there are."""
    return f"共有{len(names)}层：{'、'.join(names)}。"


def last_storey(level: str, up: bool) -> str:
    """No floor above or below."""
    return f"您在{level}，{'上' if up else '下'}面没有楼层了。"


def on_that_level(name: str, level: str, yes: bool) -> str:
    """Is it on the floor that was asked about?"""
    return f"是的，{name}在{level}。" if yes else f"不是，{name}在{level}。"


def copy_count(title: str, count: int, free: int) -> str:
    """How many copies, and how many of them are on the shelf."""
    return f"《{title}》本馆有{count}本" + ("。" if free == count else f"，其中{free}本在架。")


def on_shelf(name: str, level: str, titles: Sequence[str], count: int) -> str:
    """What stands on a shelf."""
    if not titles:
        return f"目录里没有书排在{level}的{name}。"
    more = "等" if count > len(titles) else ""
    total = f"，共{count}种" if count > len(titles) else ""
    return f"{level}的{name}上有{'、'.join(f'《{t}》' for t in titles)}{more}{total}。"


def summary(name: str, text: str) -> str:
    """内容简介。"""
    return f"{name}：{text}"


def no_summary(name: str, subjects: Sequence[str]) -> str:
    """没有简介时用主题词。"""
    return (
        f"目录里没有{name}的内容简介。主题词有：{join(list(subjects)[:4])}。"
        if subjects
        else f"目录里没有{name}的内容简介。"
    )


def call_number(name: str, number: str, scheme: str, level: str, label: str) -> str:
    """索书号和它的位置。"""
    system = {"clc": "中国图书馆分类法", "ddc": "杜威十进分类法", "lcc": "美国国会图书馆分类法"}.get(
        scheme, "本馆自定的排架法"
    )
    head = f"{name}的索书号是 {number}，按{system}排架。" if name else f"{number} 属于{system}。"
    return head + (f"在{level}，{_shelf(label)}。" if label else "")


def hours(name: str, text: str) -> str:
    """地图上的开放时间。"""
    return f"{name}：{text}。"


def on_level(level: str, names: Sequence[str]) -> str:
    """一层楼里的房间。"""
    return f"{level}有{join(list(names))}。" if names else f"我的地图上{level}没有标注房间。"


def _shelf(label: str) -> str:
    """号码用“号”，名称用引号：2B-12 号书架，“小说”书架。"""
    return f"{label} 号书架" if label[-1:].isascii() else f"“{label}”书架"
