"""Words that readers use for what a library's rules are about, gathered by concept, and words that carry nothing.

A concept gathers words of both languages, so that "late fee", "fine" and 滞纳金 meet. English entries are stems (see
``concepts.stem``); entries with a space are phrases. Chinese entries are found longest first.
"""

from __future__ import annotations

import re

GROUPS: dict[str, str] = {
    "open": "open, opening time, opening hour, library hour, business hour, 开放, 开门, 开馆, 营业, 服务时间, 开放时间, 上班, 几点开",
    "close": "close, shut, 闭馆, 关门, 关闭, 休馆, 不开放, 下班, 几点关",
    "borrow": "borrow, loan, lend, keep, check out, take out, take home, 借阅, 外借, 借书, 借出, 可借, 借",
    "renew": "renew, renewal, extend, extension, 续借, 延期, 延长",
    "return": "return, give back, bring back, bring a book back, take back, book drop, drop off, drop box, 还书, 归还, 退还, 还",
    "late": "fine, late, overdue, penalty, late fee, late return, past due, 逾期, 罚款, 滞纳金, 超期, 过期, 迟还, 罚金, 晚还, 罚, 逾期费",
    "cost": "cost, price, fee, charge, pay, paid, money, free, how much, expensive, yuan, rmb, 费用, 收费, 免费, 价格, 多少钱, 钱, 元, 收钱, 付费, 付钱",
    "card": "card, member, membership, register, registration, sign up, join, 读者证, 借书证, 图书证, 借阅证, 办证, 办卡, 注册, 会员",
    "deposit": "deposit, 押金",
    "print": "print, printer, printing, 打印",
    "copy": "photocopy, photocopier, copier, copying, 复印",
    "scan": "scan, scanner, scanning, 扫描",
    "colour": "colour, color, 彩色, 彩印",
    "wifi": "wifi, wi-fi, wireless, internet, network, online, 无线网络, 无线网, 无线, 上网, 网络, 连网",
    "password": "password, passcode, log in, login, log on, 密码, 验证码, 登录, 登陆",
    "food": "food, eat, snack, meal, lunch, sandwich, fruit, 食物, 吃东西, 饮食, 食品, 零食, 用餐, 吃饭, 外卖, 吃",
    "drink": "drink, coffee, tea, beverage, bottle, cup, juice, 饮料, 咖啡, 奶茶, 喝水, 水杯, 饮品, 喝",
    "photo": "photo, photograph, photography, camera, picture, film, video, selfie, flash, tripod, 拍照, 照相, 摄影, 摄像, 录像, 照片, 拍摄, 闪光灯, 拍视频",
    "pet": "pet, dog, cat, animal, puppy, 宠物, 小狗, 狗, 猫, 动物",
    "guide dog": "guide dog, assistance dog, service dog, 导盲犬, 工作犬",
    "phone": "phone, telephone, contact, call, 电话, 联系, 热线",
    "mobile": "mobile, cell, cellphone, smartphone, ring, 手机, 通话, 打电话, 接电话",
    "mail": "email, mail, e-mail, address, 邮箱, 邮件, 地址",
    "quiet": "quiet, silent, silence, noise, talk, loud, chat, conversation, speak, 安静, 静音, 说话, 噪音, 大声, 聊天, 交谈, 讲话, 讨论, 喧哗",
    "smoke": "smoke, smoking, cigarette, vape, 吸烟, 抽烟, 香烟, 电子烟",
    "child": "child, children, kid, baby, toddler, minor, teenager, son, daughter, young, pupil, little one, 小学生, 中学生, 儿子, 女儿, 少儿馆, 儿童, 孩子, 小孩, 小朋友, 少儿, 宝宝, 未成年, 婴儿, 青少年",
    "alone": "alone, unaccompanied, by themselves, by themself, accompany, accompanied, supervise, unattended, 自己来, 独自, 单独, 陪同, 陪伴, 看管, 一个人, 自己",
    "apply": "apply, application, 办理, 申请, 领取, 办",
    "book item": "book, 图书, 书",
    "adult": "adult, grown-up, parent, guardian, 成人, 成年, 家长, 大人, 父母, 监护人",
    "age": "age, year old, 年龄, 周岁, 岁",
    "group room": "group room, study room, group study, meeting room, discussion room, seminar room, group study room, 研讨室, 讨论室, 小组学习室, 小组讨论室, 会议室, 研修室, 小组室, 小组研讨室, 研修间",
    "book space": "reserve, reservation, booking, booked, 预约, 预订, 预定",
    "seat": "seat, desk, table, 座位, 位子, 占座, 占位",
    "computer": "computer, pc, laptop, desktop, 电脑, 计算机, 笔记本",
    "locker": "locker, bag, luggage, backpack, 储物柜, 存包柜, 寄存, 存包, 背包, 书包, 行李, 包",
    "lost": "lost, lose, left behind, left my, found a, 捡到, 拾到, 捡, 落在,  misplace, lost property, forgot, 丢失, 遗失, 失物, 招领, 丢了, 弄丢, 丢, 落下, 掉了",
    "belongings": "wallet, purse, key, umbrella, glove, scarf, belonging, item, property, possession, 钱包, 钥匙, 雨伞, 物品, 东西, 银行卡, 伞, 眼镜",
    "damage": "damage, tear, torn, break, broken, stain, spoil, 损坏, 破损, 污损, 弄坏, 撕, 弄脏",
    "compensate": "replace, replacement, compensation, compensate, 赔偿, 赔, 补偿",
    "holiday": "holiday, festival, vacation, 节假日, 假期, 法定节假日, 放假, 节日, 公共假期, 假日",
    "spring festival": "spring festival, chinese new year, lunar new year, 春节, 过年, 大年初一, 除夕",
    "national day": "national day, 国庆节, 国庆, 十一",
    "new year": "new year's day, new year, 元旦, 新年",
    "christmas": "christmas, 圣诞节, 圣诞",
    "labour day": "labour day, labor day, may day, 劳动节, 五一",
    "mon": "monday, mon, 星期一, 周一, 礼拜一",
    "tue": "tuesday, tue, tues, 星期二, 周二, 礼拜二",
    "wed": "wednesday, wed, 星期三, 周三, 礼拜三",
    "thu": "thursday, thu, thur, 星期四, 周四, 礼拜四",
    "fri": "friday, fri, 星期五, 周五, 礼拜五",
    "sat": "saturday, sat, 星期六, 周六, 礼拜六",
    "sun": "sunday, sun, 星期日, 星期天, 周日, 周天, 礼拜天, 礼拜日",
    "capacity": "people, person, capacity, hold, 几个人, 多少人, 容纳, 人数, 坐",
    "advance": "in advance, beforehand, ahead, 提前",
    "privacy": "data, privacy, personal, store, record, remember, 隐私, 个人信息, 数据, 保存, 保留, 录音, 记录, 说的话, 对话",
    "weekend": "weekend, 周末, 双休日",
    "weekday": "weekday, 工作日, 平日, 平时",
    "donate": "donate, donation, gift, 捐赠, 捐书, 赠书, 捐",
    "volunteer": "volunteer, 志愿者, 志愿, 义工",
    "event": "event, story hour, activity, talk series, lecture, workshop, story time, storytime, programme, program, 活动, 讲座, 故事时间, 故事会, 沙龙, 展览",
    "access": "wheelchair, accessible, accessibility, disabled, disability, ramp, step-free, 轮椅, 无障碍, 残疾, 残障, 行动不便",
    "hearing": "hearing loop, hearing, deaf, 助听, 听障, 听力",
    "sight": "braille, blind, large print, visually impaired, magnifier, screen reader, 盲文, 盲人, 视障, 大字本, 助视器, 放大镜",
    "parking": "parking, car park, park, 停车, 停车场",
    "bike": "bike, bicycle, scooter, skateboard, 自行车, 滑板, 滑板车, 单车, 电动车",
    "visitor": "visitor, guest, tourist, foreigner, non-resident, foreign, overseas, 访客, 游客, 外国人, 外地, 外籍, 非本市, 港澳台",
    "identity": "passport, id card, identity, identification, proof, residence permit, 护照, 身份证, 证件, 居住证, 身份证明",
    "limit": "limit, maximum, max, at most, up to, how many, 上限, 最多, 限额, 几本, 多少本, 多少册, 几册",
    "period": "how long, period, duration, due, deadline, 多久, 期限, 多长时间, 几天, 多少天, 几个月, 到期, 借期",
    "dvd": "dvd, cd, film, movie, music, audio, 光盘, 影碟, 音像, 电影, 音乐, 视听",
    "magazine": "magazine, newspaper, journal, periodical, 报纸, 期刊, 杂志, 报刊",
    "reference": "reference, dictionary, encyclopedia, 工具书, 参考书, 字典, 词典",
    "ebook": "ebook, e-book, digital, kindle, database, 电子书, 电子资源, 数据库, 数字资源",
    "ill": "interlibrary, inter-library, 馆际互借",
    "hold": "hold, place a hold, request, recall, 预约图书, 预借, 预约书",
    "newborn care": "nursing, breastfeed, nappy, diaper, 母婴, 哺乳, 尿布",
    "charge device": "charging, charger, socket, outlet, plug, 充电, 插座, 插头",
    "rule": "rule, policy, regulation, allow, permit, forbid, prohibit, ban, 规定, 规则, 制度, 守则, 允许, 禁止, 不得, 准许",
    "exam": "exam, test, 考试",
    "entry": "enter, entry, admission, ticket, visit, 入馆, 进馆, 门票, 入场, 参观",
    "time slot": "session, slot, half hour, 时段",
    "cancel": "cancel, no-show, 取消, 爽约, 违约",
}  # fmt: skip

WEIGHTS: dict[str, float] = {
    "cost": 0.6, "limit": 0.5, "period": 0.5, "rule": 0.35, "borrow": 0.8, "entry": 0.6, "age": 0.6, "apply": 0.5,
    "belongings": 0.5, "advance": 0.7, "capacity": 0.7, "book item": 0.3,
}  # fmt: skip
"""Concepts that say what kind of answer is wanted more than what it is about weigh less. Others weigh 1."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

STOP_EN_TEXT = """
a an the of to in on at for from with and or but if is are am was were be been do does did can could may might
will would should shall must i me my we us our you your he she it its they them their this that these those there
here what when where which who whom whose how why much many some any all not no yes please tell know want need
like get got have has had go going come so too very just also about into out up down off over per each one two
library libraries thing things really actually still today now tomorrow anyone someone people person let make made
use using used put take taken bring ok okay say says said since because heard think guess right true time times
day days pm o'clock lot way than then as by while inside during before after within whether reader readers
possible usually normally exactly again give see look first same other another more most least there's it's i'm
don't can't isn't aren't doesn't  allowed ask question information info start once happen happens
somewhere yesterday past half six seven eight nine ten told without back brought left midnight um
"""
STOP_EN = frozenset(STOP_EN_TEXT.split())
STOP_ZH = re.compile(
    "请问|一下|一共|我们|你们|咱们|他们|我|你|您|他|她|的话|的|了|吗|呢|吧|啊|呀|么|是不是|是否|是|在|有没有|有|能不能|可不可以|可以|能否|能|会|要不要|需要|要|"
    "怎么样|怎么办|怎么|如何|怎样|什么时候|什么|哪些|哪里|哪儿|哪|谁|为什么|多少|几点|几|点|图书馆|馆里|馆内|本馆|这里|这儿|那里|里面|里|都|也|还|就|和|与|或|及|"
    "到|去|来|把|被|给|对|从|用|使用|让|一次|一个|每次|每个|每|个|本|次|天|时间|时候|现在|今天|明天|知道|告诉|想|应该|必须|得|不|没|很|最|说|听说|既然|因为|所以|那么|那|这|"
    "一层|二层|三层|四层|一楼|二楼|三楼|四楼|自助|带|进|进来|进去|馆|读者|期间|之前|之后|以后|以前|上|下|做|行|好"
)
