"""Words that questions to a library are made of: ideas said in several ways, forms of answers, function words."""

from __future__ import annotations

import re

IDEAS = """
open opening hour hours 开门 开馆 开放 营业 开放时间
close closed closing shut 关门 闭馆 关闭 关馆
renew renewal extend extension 续借 延期 续期
fine fines overdue late 罚款 逾期 超期 过期 滞纳金
borrow borrowing loan lend lending 借书 借阅 借 外借 借出 能借 可借
return returning 还书 归还 还回
card membership 借书证 读者证 借阅证 办证 证件
reserve reservation hold holds 预约 预订 预定
toilet toilets restroom bathroom washroom 厕所 洗手间 卫生间
copy photocopy photocopier photocopying 复印
print printer printing 打印
wifi internet wireless 无线网络 无线网 上网 网络
child children kid kids 儿童 孩子 少儿 小孩
lost lose missing 丢失 遗失 丢了 弄丢
damage damaged 损坏 污损
eat eating food snack 吃东西 食物 饮食 零食 吃饭
drink drinks water beverage 饮料 喝水 饮水
quiet silence silent noise noisy 安静 保持安静 噪音
phone telephone mobile call 手机 电话 打电话
locker lockers bag bags 存包 储物柜 寄存
seat seats 座位 占座
computer computers pc 电脑 计算机
donate donation donations 捐赠 捐书 赠书
visitor visitors guest 访客 参观
holiday holidays 节假日 假期 放假 法定假日
monday 周一 星期一 礼拜一
tuesday 周二 星期二
wednesday 周三 星期三
thursday 周四 星期四
friday 周五 星期五
saturday 周六 星期六
sunday 周日 星期日 星期天 周天
weekend weekends 周末 双休日
pet pets dog dogs animal 宠物 狗
wheelchair accessible disabled 轮椅 无障碍 残疾人
park parking car 停车 停车场
meeting discussion group 研讨室 讨论室 研修间 会议室
photo photograph photography 拍照 摄影
magazine magazines periodical periodicals newspaper newspapers 期刊 杂志 报纸
free charge 免费
smoke smoking 吸烟 抽烟
charge power socket plug 充电 插座 电源
deposit 押金
""".strip().splitlines()  # said alike, in either language; English words count by their stem

_UNIT = r"(?:days?|weeks?|months?|hours?|minutes?)"
_SPOKEN = r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty)"
_HAN = "[一二三四五六七八九十两]+"

ASKS = (  # form of the question, form of an answer
    (r"几点|什么时候|何时|时间|when\b|what time|hours?\b", r"\d{1,2}\s*[:：点时]\s*\d{0,2}|\d\s*[ap]\.?m"),
    (
        r"多少钱|收费|价格|费用|how much|\bcosts?\b|\bprice|\bfees?\b",
        r"元|￥|¥|\$|£|€|免费|\bfree\b|yuan|rmb|cents?\b",
    ),
    (
        r"多久|多长时间|几天|多少天|how long|how many (?:days|weeks)",
        rf"\d+\s*(?:天|日|周|个?月|年|小时|分钟|{_UNIT})|{_HAN}(?:天|周|个月|小时)|{_SPOKEN} {_UNIT}",
    ),
    (r"几本|多少本|多少册|how many", rf"\d+|{_HAN}[本册件]|{_SPOKEN}\b"),
)

_FILLER_WORDS = (
    "请问 请 什么时候 什么 怎么样 怎么 怎样 如何 为什么 哪里 哪儿 在哪 哪个 哪些 几点 何时 "
    "多少钱 多少 多久 多长 几天 几本 是不是 能不能 可不可以 可以 能否 是否 有没有 有无 需要 应该 "
    "我们 你们 他们 我想 我要 我 你 您 他 她 它 这里 这个 那个 这 那 "
    "的 了 吗 呢 吧 啊 呀 嘛 是 在 和 与 及 或 就 都 "
    "也 还 很 要 会 能 想 去 到 有 把 被 给 让 对 从 "
    "个 一下 一个 时候 告诉 知道 怎么办 一张 一页 一本 一份 一次 "
)
FILLERS = re.compile("|".join(sorted(_FILLER_WORDS.split(), key=len, reverse=True)))
_MORE = "get give tell know need want like find much many long often there here will may must should"
MORE_STOPS = frozenset(_MORE.split())
