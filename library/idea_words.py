"""The one dictionary of what readers and rules talk about: ideas, each with its words in English and in Chinese.

An idea gathers words, so that "late fee", "fine" and 滞纳金 meet. English entries count by their stem; one with a space
is a phrase; one after ``=`` counts only as it is written ("=booking" is not "book"). Chinese words are found longest
first. Words may be added freely; an idea needs two words that mean it in a library.
"""

from __future__ import annotations

THINGS: dict[str, str] = {
    "book": "book, paperback, hardback, volume, item, title, textbook, 图书, 书籍, 书本, 书, 册, library item, library material, copies of a book",
    "short loan": "short loan, short-loan, short-term loan, 短期借阅, 短借, course reserve, course reserves, =reserves, on reserve, course reading, reading list, textbook reserve, 教参, 教学参考书, 课程指定书",
    "new book": "new book, new release, new title, new arrival, latest book, bestseller, 新书",
    "reference": "reference book, reference work, reference, dictionary, dictionaries, encyclopedia, atlas, 工具书, 参考书, 字典, 词典, 辞典, 百科全书, reference volume, reference material, thesaurus, 手册类, 类书, 年鉴",
    "periodical": "magazine, journal, periodical, 期刊, 杂志, serial, periodicals, 刊物, 过刊, 现刊",
    "newspaper": "newspaper, 报纸, 报刊, daily paper, newspapers, 晚报, 日报",
    "dvd": "dvd, cd, film disc, audiobook, audio book, talking book, 有声书, blu-ray, 光盘, 影碟, 音像, 音像资料, 视听资料, audio-visual, audiovisual, video game, board game, vinyl, 听书机, 影片光盘, 桌游",
    "ebook": "ebook, e-book, digital, kindle, database, e-resource, 电子书, 电子资源, 数据库, 数字资源, online resource, e-journal, audiobook app, 电子期刊, 电子阅读器, 线上资源, 电子版",
    "ill": "interlibrary, inter-library, ill, interlibrary loan, inter-library loan, 馆际互借, document delivery, from another library, partner library, partner libraries, article you dont have, book you dont have, get an article, 文献传递, 外馆借书, 从别的馆借",
    "thesis": "thesis, theses, dissertation, 论文, 学位论文, theses binding, 装订论文, 毕业论文",
    "map": "map, 地图",
    "special collection": "manuscript, rare book, special collection, archive, local history, 古籍, 善本, 地方文献, 特藏, 档案",
    "loan": "loan, =loans, 借阅",
    "late fee": "never bring a book back, dont bring a book back, never bring it back, dont bring it back, never give it back, late fee, late fine, overdue fee, overdue fine, overdue charge, late charge, fine, overdue, penalty, late return, =late, past due, return late, late book, bring back late, book back late, 逾期费, 逾期, 罚款, 滞纳金, 超期, 超期费, 忘了还, 忘记还, 忘还, 滞还, 误期, 延误, 晚归还, 迟归还, 过期, 迟还, 晚还, 罚金, never bring back, never return, not return, dont return, dont bring back, fail to return, forget to return, forgot to return, days late, overdue book, bring back a book late, late with a book, overdue charges, 没还, 一直不还, 不还书, 不还, 拖着不还, 还晚了, 晚还了, 超时还书, 欠罚款, 罚钱, 罚多少, 怎么罚, 过期费, 超过期限, 误期费, 逾期未还, fined, fining",
    "card": "ticket, library ticket, readers ticket, borrower card, reader card, library card, card, membership, member, ticket holder, 读者证, 借书证, 图书证, 借阅证, 借书卡, 读者卡, 会员, 证件卡, 证, 卡, 会员卡, 校园卡, 一卡通, library pass, readers card, readers pass, borrowing card, campus card, campus id, student card, staff card, id badge, 办理证件, 社保卡, 市民卡, 学生证, 电子证, 证件借书, 借阅卡",
    "visitor card": "visitor card, visitors card, guest card, guest pass, day pass, temporary card, 访客证, 临时证, 临时卡, guest pass holder, day ticket, temporary pass, temporary membership, guest access, visitor pass, 临时阅览证, 单日证, 访客卡",
    "deposit": "deposit, 押金, 保证金, security deposit, 交押金, 退押金, 免押金",
    "pledge": "押证件, 押证, 押身份证, leave your card, leave an id",
    "identity": "passport, id card, identity card, identity paper, identity, identification, id, proof of address, residence permit, driving licence, 护照, 身份证, 身份证明, 证件, 居住证, 身份证件, photo id, proof of identity, drivers licence, drivers license, 户口本, 驾照, 驾驶证, 身份证复印件",
    "signature": "signature, sign for, 签字, 签名",
    "print": "print, printer, printout, print job, print file, 打印文件, 打印任务, 打印, 打印机, 打印件, 打多少页, 打几页, 印多少页, double sided, double-sided, duplex, printing credit, print credit, print quota, 双面打印, 打印费, 彩打, 印东西, 打资料",
    "3d print": "3d print, 3d printer, 3d printing, 3d打印, 三维打印, 3d打印机",
    "laser cutter": "laser cutter, laser, 激光切割机, 激光切割",
    "copy": "photocopy, photocopier, copier, copy, copying, 复印, 复印机, 影印, xerox, photocopies, make copies, 复印件, 复印点, 印一份, 复印费",
    "copyright": "copyright, whole book, entire book, 版权, 著作权, 整本, 全书, 整本书",
    "scan": "scan, scanner, 扫描, 扫描仪, scan to email, scanning, 扫描件, 扫一份",
    "cash": "cash, coin, coins, 现金, 硬币, 纸币, notes and coins, change for, 零钱, 收现金",
    "card payment": "credit card, debit card, contactless, alipay, wechat pay, mobile payment, 微信支付, 支付宝, 刷卡, 手机支付, 微信, 扫码, 扫码付款, 扫码支付, 二维码, tap to pay, apple pay, google pay, debit, 支付方式, 手机付款, 微信付款, 扫码付, 电子支付",
    "page": "page, sheet, 页, 纸张",
    "colour": "彩打, 彩色打印, colour, color, coloured, 彩色, 彩印",
    "black and white": "black and white, black-and-white, monochrome, b&w, 黑白",
    "wifi": "wifi, wi-fi, wi fi, wireless, wireless network, internet, network, hotspot, 无线网络, 无线网, 无线, 上网, 网络, 连网, 联网, 热点, wlan, eduroam, get online, go online, on the internet, connect to the internet, hook up to the internet, wlan network, 联上网, 连上网, 连wifi, 校园网, wifi密码",
    "download": "download, bandwidth, megabit, 下载, 网速, 带宽",
    "password": "password, passcode, passphrase, log in, login, log on, sign in, 密码, 验证码, 登录, 登陆, 口令",
    "computer": "computer, pc, terminal, public computer, desktop, workstation, 电脑, 计算机, 台式机, public pc, public pcs, desktop computer, computers, 上网电脑, 公用电脑, 用电脑, 机位",
    "laptop": "laptop, notebook computer, macbook, chromebook, tablet, ipad, 笔记本电脑, 笔记本, 手提电脑, 平板电脑, 平板, library laptop, borrow a laptop, own computer, own laptop, 自带电脑, 带电脑",
    "headphones": "headphone, headphones, earphone, headset, 耳机",
    "keyboard": "keyboard, 键盘",
    "power": "=charging, charger, socket, outlet, plug, power socket, power point, power supply, charge my phone, charge my laptop, charge my computer, charge a phone, charge phone, 充电, 插座, 插头, 电源, 没电, 没电了, 充电器, 充电线, 充电吧台, recharge, wall socket, charging cable, charging station, charge a device, 充手机, 充电口, 充电桩, 插线板",
    "power bank": "power bank, powerbank, portable charger, 充电宝, 移动电源",
    "adapter": "adapter, adaptor, 转接头, 适配器",
    "usb": "usb, usb stick, memory stick, flash drive, u盘, 优盘",
    "food": "food, eat, eating, snack, meal, lunch, dinner, breakfast, sandwich, fruit, pizza, crisps, 食物, 吃东西, 食品, 零食, 用餐, 吃饭, 外卖, 吃, 进食, 食用, 东西吃, 午饭, 午餐, 晚饭, 早餐, 点心, 小吃, eat in, picnic, packed lunch, lunchbox, bring lunch, hot dog, snacks, chips, candy, gum, chewing gum, burger, noodles, 盒饭, 带饭, 便当, 饭盒, 干粮, 瓜子, 水果, 泡面, 面包, 早点, 带吃的, 吃的, 口香糖",
    "hot food": "hot food, hot meal, takeaway, 热食, 热菜, 方便面",
    "drink": "drink, coffee, tea, beverage, cup, juice, soda, cola, milk tea, 饮料, 咖啡, 奶茶, 饮品, 喝, 茶水, 饮用, 茶, soft drink, beverages, hot drink, cup of coffee, latte, cappuccino, tea flask, 热饮, 冷饮, 果汁, 可乐, 豆浆, 喝的, 带喝的",
    "water": "water, bottle of water, water bottle, 喝水, 饮水, 开水, 水杯, 白水, 瓶装水, 矿泉水, 带水, water flask, bottled water, drinking water, 保温杯, 水壶, 带盖水杯, 杯子, 热水",
    "alcohol": "alcohol, beer, wine, 酒, 啤酒, drunk, liquor, 醉酒, 喝酒, 白酒",
    "photo": "photo, photograph, photography, picture, selfie, take a picture, 拍照, 照相, 摄影, 照片, 拍照片, take pictures, taking pictures, take photos, snap, snapshot, photograph the books, 拍个照, 拍照留念, 拍一张, 照张相, 合影, 拍书, 自拍",
    "film": "film, filming, video, video recording, shoot a video, vlog, 摄像, 录像, 拍视频, 拍摄, 拍片, record a video, make a video, shoot video, tiktok, livestream, live stream, live-stream, youtube, 直播, 录视频, 拍抖音, 短视频, 拍个视频, 录个视频, 拍片子, 拍电影, 视频拍摄",
    "flash": "flash, tripod, 闪光灯, 三脚架",
    "permit": "permit, permission, 许可, 申请, 审批, permission slip, written permission, 批准, 许可证",
    "pet": "pet, dog, cat, animal, puppy, 宠物, 小狗, 狗, 猫, 动物, 犬, pets, kitten, parrot, hamster, rabbit, my dog, 狗狗, 猫咪, 猫猫, 宠物狗, 带狗, 遛狗, 兔子, 小动物",
    "guide dog": "guide dog, assistance dog, service dog, therapy dog, seeing eye dog, 导盲犬, 工作犬, 服务犬, guide dogs, assistance animal, service animal, service animals, emotional support animal, 服务动物",
    "phone call": "=calls, make a call, phone call, telephone call, take a call, take call, make a call, make call, mobile phone, cell phone, cellphone, mobile, smartphone, my phone, phone, telephone, ringtone, 手机, 通话, 打电话, 接电话, 接打电话, 打手机, phone conversation, phone conversations, video call, zoom call, zoom, answer my phone, ring someone, 视频通话, 语音通话, 接个电话, 打个电话, 外放, 手机静音, 手机铃声",
    "silence": "quiet, silent, silence, quietly, 安静, 静音, 静一点, keep quiet, in silence, 肃静, 保持安静, 静下来",
    "noise": "noise, talk, talking, loud, chat, conversation, whisper, voice, normal voice, 说话, 噪音, 大声, 聊天, 交谈, 讲话, 喧哗, 音量, 吵, 讨论, 声音, speak, speak aloud, noisy, shouting, listen to music, play music, 出声, 朗读, 读出声, 背书, 放音乐, 听音乐, 说笑",
    "smoke": "smoke, smoking, cigarette, vape, vaping, e-cigarette, 吸烟, 抽烟, 香烟, 电子烟, 禁烟, vapes, smoker, smokers, smoking area, cigar, tobacco, 吸烟区, 抽根烟, 抽支烟, 抽烟区, 雾化烟, 烟",
    "seat": "seat, desk, single desk, table, chair, place to sit, 座位, 位子, 席位, 座, 桌子, 单人座, workplace, study seat, place to work, 坐位, 座位号, 找座, 空位, 工位",
    "leave seat": "leave my seat, leave a seat, leave the seat, leave your seat, seat may be left, seat be left, away from my seat, away from my desk, leave my desk, leave my place, 离开座位, 座位离开, 离开超过, 签到后离开, 离座, 暂离, 离开位子, 离席, leave my things, be away from, go to lunch, leave my seat for, step away, step out, 人离开, 离开一会, 走开一会, 出去吃饭, 座位保留, 离开座位多久",
    "save seat": "keep a seat, save a seat, hold a seat, reserve a seat with, seat for someone, 占座, 占位, 占位置, 占位子, save a place, reserve a place with, bag on a seat, leave books on a seat, 帮人占座, 替人占座, 占座物品, 用书占座, 帮同学占座",
    "capacity": "people, person, capacity, attendee, participant, place, fit, accommodate, 人, 容纳, 坐得下, 人数, 几个人, 多少人, 名额, big enough for, hold how many, room for, up to how many, 坐几个人, 能坐几人, 多大地方, 容得下",
    "locker": "locker, cloakroom, storage locker, 储物柜, 存包柜, 寄存柜, 寄存处, 存包处, 柜子, 寄存, day locker, coin locker, lockers, luggage locker, 寄包柜, 寄包, 存包, 储物, 寄包处, 寄存包",
    "bag": "bag, luggage, backpack, suitcase, rucksack, 背包, 书包, 行李, 包, 行李箱, handbag, big bag, bags, holdall, 大包, 拉杆箱, 手提包, 大件行李, 手提箱",
    "pram": "pram, stroller, pushchair, buggy, 婴儿车, 童车, 推车",
    "umbrella": "umbrella, 雨伞, 伞, umbrellas, parasol, 爱心伞, 借伞, 雨具",
    "lost property": "lost property, lost and found, lost something, left behind, left my, forgot my, left something, 失物, 失物招领, 招领, 落在, 落下, 忘拿, 忘在, 遗失物品, 丢东西, 丢了东西, 失物保管, lost and found office, found property, left it here, i left, 落这儿, 丢在这, 忘在这, 掉在这, forgot something, forgotten, forgot, left something in",
    "night": "overnight, all night, 半夜, 深夜, 通宵, 夜间, 整夜, 过夜, 隔夜",
    "same day": "for the day, same day, 当天使用, 当天, 当日",
    "belonging": "stuff, wallet, purse, key, glove, scarf, belonging, possession, thing, 钱包, 钥匙, 物品, 东西, 眼镜, 随身物品, coat, jacket, jewellery, jewelry, valuables, personal items, unattended, unattended property, phone charger, hat, sunglasses, 首饰, 帽子, 围巾, 外套, 贵重物品",
    "bank card": "bank card, credit cards, 银行卡, 信用卡",
    "police": "police, police station, 派出所, 警察, 公安",
    "privacy": "data, privacy, personal data, personal information, reading history, 隐私, 个人信息, 数据, 个人数据, 阅读历史, 借阅记录, 借书记录, 读者信息, my records, what i borrow, keep my details, loan history, 借阅历史, 个人资料, 保密",
    "speech record": "what i say, what you hear, recording of me, 我说的话, 说的话, 对话, 录音我",
    "event": "event, activity, programme, program, club, 活动, 沙龙, 社团, seminar, reading group, book club, exhibition opening, 读书会, 沙龙活动",
    "lecture": "lecture, =talks, author talk, book talk, speaker, 讲座, 讲堂, 主讲, 论坛, 请人来讲, 讲演",
    "course": "course, class, workshop, training course, lesson, tutorial, 课程, 课, 上课, 手机课, 培训, 兴趣班, 公益课, 书法班, 学习班, 培训班",
    "story hour": "story hour, story time, storytime, story session, storytelling, 故事时间, 故事会, 讲故事, bedtime story, rhyme time, reading aloud to children, stories for children, 绘本故事会, 绘本故事, 亲子阅读活动, 讲绘本",
    "exhibition": "exhibition, exhibit, 展览, 看展, 展品, on display, exhibition is on, 画展, 展出, 书画展",
    "tour": "tour, guided tour, 参观导览, 导览服务, 导览活动, library tour, orientation, introduction to the library, 参观图书馆, 入馆教育, 团体参观",
    "wheelchair": "wheelchair, 轮椅, wheelchairs, wheel chair, 坐轮椅, 轮椅借用, 推轮椅",
    "walking frame": "walking frame, walker, 助行器",
    "access": "accessible, accessibility, disabled, disability, step-free, ramp, mobility, 无障碍, 残疾, 残障, 行动不便, wheelchair user, wheelchair access, barrier-free, stairlift, 腿脚不便, 行动困难, 不方便走路, 走路不便, 残疾人, 坡道",
    "hearing": "hearing loop, induction loop, hearing aid, hearing aids, =hearing, deaf, hard of hearing, 助听, 听障, 听力, 感应线圈, 助听器, 助听感应线圈",
    "braille": "braille, 盲文, 盲文书, 盲文图书",
    "glasses": "magnifier, magnifying glass, reading glasses, 放大镜, 老花镜, reading lens, magnifiers, low vision, 花镜, 放大器",
    "screen reader": "screen reader, text to speech, 读屏, 读屏软件",
    "large print": "large print, 大字本, 大字书, large type, 大字版, 大字号",
    "sight": "blind, visually impaired, partially sighted, 盲人, 视障, 助视器, 弱视, low vision, cant see well, bad eyesight, poor eyesight, partially blind, 看不见, 视力不好, 眼睛不好, 视力障碍, 视障读者",
    "picture book": "picture book, 绘本, 图画书, 连环画",
    "lost child": "lost child, missing child, lost my child, lost my son, lost my daughter, 走丢, 走散, 走失, 找不到孩子",
    "handbook": "handbook, manual, 手册",
    "lift": "lift, elevator, 电梯, elevators, lifts, 升降机",
    "fire": "fire, there is smoke, theres smoke, see smoke, smell smoke, smell of smoke, smell gas, smoke coming, 冒烟, 烟味, 煤气味, burning, flame, fire alarm, =alarm, 警报, fire brigade, on fire, 着火, 火灾, 起火, 失火, 火警, 火情, 消防",
    "medical": "dizzy, feel sick, feel ill, feeling ill, feel unwell, feeling unwell, bleeding, 头晕, 流血, 喘不上气, 发病, ambulance, first aid, first aider, 急救员, faint, fainted, fainting, unconscious, collapse, collapsed, heart attack, injured, injury, hurt, ill person, 晕倒, 昏倒, 受伤, 急救, 救护车, 心脏病, 摔倒, 突发疾病, 不舒服",
    "emergency": "emergency, evacuate, evacuation, 紧急, 紧急情况, 突发, 疏散, 逃生, 遇险",
    "emergency exit": "emergency exit, fire exit, 紧急出口, 安全出口",
    "parking": "parking, car park, park my car, park a car, park the car, where to park, can i park, 停车, 停车场, 停车位, parking fee, parking space, parking spot, parking lot, 停车费, 停车收费, 泊车, 充电车位",
    "bike": "bike, bicycle, cycle, 自行车, 单车, 电动车, bikes, bicycles, e-bike, ebike, motorbike, motorcycle, 电瓶车, 摩托车, 电动自行车, 共享单车",
    "skateboard": "skating, skate, skateboard, scooter, roller skate, hoverboard, 滑板, 滑板车, 轮滑",
    "shoe": "shoe, sandal, slipper, boot, footwear, flip-flop, 鞋, 拖鞋, 凉鞋, 包脚鞋, closed shoes, closed shoe, shoes, barefoot, sneakers, 赤脚, 光脚, 鞋套, 背心, 衣冠不整, 衣着",
    "pen": "pen, ink, 钢笔, 圆珠笔, 墨水, ballpoint, biro, fountain pen, felt pen, marker, 中性笔, 水笔, 签字笔, 用笔",
    "pencil": "pencil, 铅笔",
    "safety training": "safety induction, induction, safety training, training session, 安全培训, 安全课",
    "shelf": "shelf, shelves, 书架",
    "aisle": "aisle, passage, 过道, 通道",
    "door": "door, doors, doorway, 门宽, 房门",
    "machine": "machine, self-service machine, self service machine, kiosk, 机器, 自助机, 自助借还机, 设备, self-checkout, self checkout, self-check, self-checkout machine, 自助还书机, 自助借书机",
    "staff": "staff, librarian, member of staff, 馆员, 工作人员, someone who works here, employee, reference librarian, 管理员, 图书管理员, 服务人员, 参考馆员",
    "director": "director, head librarian, chief librarian, 馆长",
    "mail": "email, e-mail, mail, 邮箱, 邮件, 电子邮件, 电邮, email address, e-mails, 电子信箱",
    "phone": "=telephone number, phone number, contact number, hotline, 电话, 电话号码, 热线, 联系电话",
    "address": "postal address, street address, 地址",
    "exam": "exam, examination, exam week, exam period, finals, 考试, 考试周, 考期, revision, study week, final exams, 期末, 考研, 复习",
    "booking": "=booking, =bookings, reservation, =reserved, slot",
    "hold": "hold, =holds, place a hold, reserved book, reserved item, reserve a book, reserving a book, request a book, book reservation, 预约图书, 预约的书, 预约书, 预借, requested item, requested book, request an item, place a request, waiting list, reserve an item, put on hold, 书到后, 被借走, 借走了, 别人借走, 留书, 预约到书",
    "damage": "damage, tear, torn, ripped, broken, break, stain, spoil, wet book, loose page, spine, 损坏, 破损, 污损, 弄坏, 撕, 弄脏, 掉页, 松脱, 破了, 弄破, 弄湿, 水渍, 缺页, 划痕, 撕破, 撕坏, water damage, got wet, soaked, soaking, in the bath, dropped in water, in the water, in the rain, spill, spilled, spilt, spilled coffee, coffee on, chewed, ate the book, bitten, burned page, tore, tore a page, rip, ripped a page, stained, dirty, damaged, mould, creased, cover came off, pages fell out, page fell out, 泡水, 进水, 湿了, 弄湿了, 咬坏, 咬烂, 撕烂, 书坏了, 污渍, 划破, 折页, 脏了, 洒了, 泼, 烧坏, 残缺",
    "note in book": "write in, writing in, mark in, underline, annotate, highlight, 涂画, 写字, 划线, 书写, 涂写, write on, draw in, scribble, 折角, 做笔记在书上, 画线, 乱画",
    "price list": "price, tariff, 价格表",
    "volunteer": "volunteer, 志愿者, 志愿, 义工, volunteering, help out at the library, 小管理员, 小小图书管理员, 义务馆员, 上门",
    "job": "job, vacancy, vacancies, salary, hiring, 招聘, 工资, 薪水, 求职, jobs, work here, work for the library, employment, internship, 实习, 应聘, 找工作, 招人",
    "gift": "donate, donation, gift, 捐赠, 捐书, 赠书, 捐, donated, give you my books, donate books, old books, unwanted books, 旧书, 捐献, 捐几本书, 收旧书",
    "good cause": "慈善, charity shop",
    "prayer": "prayer, pray, 祷告, 祈祷, 礼拜堂",
    "nursing": "change my baby, change a baby, changing room, nursing, breastfeed, nappy, diaper, baby change, changing table, 母婴, 哺乳, 尿布, 换尿布, 喂奶",
    "toilet": "toilet, restroom, bathroom, washroom, lavatory, 厕所, 洗手间, 卫生间, toilets, loo, 如厕, 上厕所",
    "fountain": "drinking fountain, water fountain, water cooler, 饮水机, 饮水处",
    "vending": "vending machine, 售货机, 自动售货机, 贩卖机",
    "defibrillator": "defibrillator, aed, defib, 除颤器, 除颤仪, aed",
    "book drop": "book drop, drop box, return box, outdoor drop, return slot, 还书箱, 还书口, book return, after hours return, after-hours return, night drop, outside return, drop off books when closed, 投书口, 夜间还书, 关门后还书, 闭馆还书, 还书机外面",
    "last call": "last call, before closing, 闭馆前",
}  # fmt: skip
"""What a rule can be about."""

ACTS: dict[str, str] = {
    "open": "open, =opening, opening hour, opening time, hour, =hours, business hour, =staffed, 值班, 有人值班, 开放, 开门, 开馆, 营业, 开放时间, 服务时间, 营业时间, 工作时间, 上班, 开到, 几点开, 几点开门, 几点开馆, 几点开放, 开吗, 开不开, 还开, 开厅, 延长开放, 开着, are you there, still open, open up, open at, receives, receives readers, by appointment, admits readers, 开馆时间, 营业中, 开门时间, 开到几点, 几点上班, 开放日, 照常开放, 上不上班, 开不开门",
    "close": "截止, close, shut, finish, have to leave, must leave, 清场, =closing, 关门, 闭馆, 关闭, 休馆, 不开放, 下班, 闭厅, 几点关, 几点关门, 几点关闭, 关馆, 关吗, 清馆, shut down, =shut, closing time, closes, close up, lock up, shuts, 休息, 关门时间, 闭馆整理, 关不关, 放假休息, 停止开放, 歇业, 打烊, 关门了",
    "borrow": "i keep, we keep, borrow, lend, =lent, have out, have on loan, check out, take out, loaned, borrower, 借阅, 外借, 借书, 借出, 可借, 借, 借用, 借走, 借期, 借给, 转借, 转让, loan out, loans out, circulate, circulates, borrowable, get out, for loan, on loan, go out, goes out, take with me, checked out, 能借, 借得到, 借来, 通借, 外借图书, 借回去, 拿回去看",
    "take away": "=home, take home, taken home, take away, taken away, leave the building, off site, out of the building, outside the library, off the premises, bring home, 带回家, 借回家, 带走, 带出, 带出馆, 带回, 带出馆外, 拿走, 拿回家, bring it home, carry off, carry home, leave with, take it with me, take out of, anything out of, take it home, 带回去, 拿出去, 带出去, 往家带, 借回去",
    "renew": "可延, 延1次, 延1期, 不延期, 可续, 续1次, 续2次, 续3次, 可以续, 续, be longer, keep longer, keep it longer, longer loan, more time, extra time, renew, renewal, extend, extension, prolong, 续借, 延期, 延长, 续期, 再借, keep it a bit longer, keep a book longer, have it for longer, again for another, 再延, 续一下, 再借一次, 延几天, 晚点还, 多借几天, keep it another, keep this another, keep them another, another 2 weeks, another 3 weeks, another week, another month, another few days, few more days",
    "return": "return, give back, bring back, take back, bring a book back, hand in, drop off, 还书, 归还, 退还, 还回, 还给, come back through, comes back, come back, bring items back, bring back books, bring books back, hand over, handed to, returned, take it back, give it back, returns, 通还, 通借通还, 能还, 可还, 可以还, 能不能还, 去还, 来还, 哪还, 还到, 还掉, 收书, 归还图书, 还吗, 咋还",
    "reserve": "reserve, =reserving, =booked, =booking, =bookings, make a booking, book in advance, 预约, 预订, 预定, 约, 订, claimed, sign out a room, book ahead, 订房间, 约座, 订座, 占个房间, 约个, 申请场地",
    "valid": "run for, runs for, good for, valid, validity, expire, expiry, expiration, run out, 有效, 有效期, 过期失效, 失效, how long is my card, how long does my card, expires, renew my card, 多久过期, 到期, 长期有效",
    "cancel": "cancel, cancellation, =cancelled, call off, 取消, 退订, 退掉, cancel my, dont need it anymore, give up a room, release, released, 不要了, 取消预约, 释放",
    "be late": "late for, be late, arrive late, running late, late can i be, late may i be, late can i arrive, how late am i, check in, =lapse, no-show, unclaimed, forfeit, forfeited, not show up, 迟到, 晚到, 签到, 未到, 来晚, 让给, claimed within, come late, turn up late, not claimed, 没来, 没签到, 来晚了, 过时不候, not turn up, dont turn up, didnt turn up",
    "miss": "没去, 没到场, 人没到, miss, missed, fail to appear, 失约, 违约, 爽约, 错过",
    "entry": "推进来, 推进去, 带进来, 带进去, 进得来, enter, entry, admission, admit, come in, get in, visit, let in, 入馆, 进馆, 进来, 入场, 门票, 参观, 进入, 进门, enter the library, go inside, get inside, who may come, let me in, use the library, come to the library, come along, allowed in, walk in, 入内, 进得去, 让进, 能进, 进去, 进来看书, 入门, 进去看书",
    "register": "join, join the library, sign up, become a member, subscribe, register, registration, enrol, 办证, 办卡, 办理借书证, 办理读者证, 办理借阅证, 免费办证, 办读者证, 办借书证, 怎么办证, 怎么办卡, 注册, 申请读者证, 申领, 申领读者证, get a card, get a library card, apply for a card, make a card, become a reader, sign me up, joining, 办个证, 办张卡, 办个卡, 办张证, 办借书卡, 办读者卡, 拿证, 申办",
    "sign up": "报名, 登记报名, =enrolment, sign-up, signing up, register for, registering for, enroll, enroll in, need to book a place, need a ticket for, =tickets, 报个名, 要报名, 用报名, 要预约, 先到先坐, 先到先得, 招募, 名额, 招收",
    "apply": "apply, application, 办理, 怎么办理, 如何办理, 领取, 办",
    "pay": "pay, =paid, payment, settle, 付费, 付钱, 缴纳, 缴费, 支付, 缴清, 交钱, 付, 交费, pay for, paid, top up, settle a bill, 结账, 付款, 缴, 交罚款",
    "compensate": "replace, replacement, compensate, compensation, reimburse, 赔偿, 赔, 补偿, pay for the damage, pay damages, be billed, billed, cost of the book, liable, 要赔, 赔钱, 照价赔偿, 照定价, 赔书, 怎么赔, 赔多少",
    "refund": "refund, paid back, money back, pay back, get back, 退还, 退回, 退款, 退, 能退, reimbursed, given back, get my money back, 原数退还, 能退吗, 退不退, 退给我, 退押金, 返还, 退证",
    "lose": "lose, losing, lost, =missing, go missing, gone missing, misplace, misplaced, 丢失, 遗失, 丢了, 弄丢, 丢, 不见了, 挂失, 掉了, deemed lost, cant find my, cannot find my, cant find the book, never bring back, gone, 没了, 找不着, 找不到了, 弄没了, 搞丢",
    "find": "found, =finds, somebody dropped, someone dropped, someone lost, someone left, pick up something, picked up a, found something, found a, 捡到, 拾到, 捡, 拾",
    "keep": "keep, =kept, =held, store, =stored, retain, save, 保管, 保存, 保留, 留着, 存多久, 留多久, 留, hold for, wait at, waits at, set aside, 存放, 存多长, 留几天, 留多长时间, 替我留, 保管几天",
    "delete": "delete, erase, remove my data, 删除, 清除, 清柜, 清",
    "rent": "rent, rental, hire, 租, 出租, 租用, 租借, 租赁, book the hall for, hire out, hire a room, use the room for, 租场地, 场租, 借场地, 用场地, 租用场地, 租吗",
    "owe": "owe, owing, debt, 欠费, 欠, 欠款",
    "reissue": "replacement card, replacement ticket, 换证, 换卡, reissue, 补1张, 补1个, 补办, 补证, 补卡, 工本费, 换新证, replace my card, replacement for a card, 补一张, 补个卡, 补卡费, 补证费, 补办收费, 再办一张, new card costs",
    "use": "",
    "reply": "hear back, hear from you, reply, answer me, 答复, 回复",
    "suggest": "推荐你们买, 推荐买书, 你们买书, 建议你们买, suggest, recommend a book, suggestion, book purchase, purchase request, purchase suggestion, request a purchase, 荐购, 推荐购买, 建议购买, 推荐采购, want the library to buy, buy books i, buy a book for, order a book, order a title, request a title, ask you to buy, you should get, dont have the book, dont own, not in the collection, stock a book, add a book, titles to purchase, purchase titles, could you buy, can you buy, 让馆里买, 让图书馆买, 让你们买, 你们买, 建议买, 推荐买, 希望买, 想看的书没有, 馆里没有的书, 没有的书, 买本书, 采购, 意见簿, 购书建议, 馆里买, 进一批书, 进点书, 帮忙买",
    "sell": "sell, buy, purchase, for sale, 卖, 买, 出售, 购买",
    "sleep": "sleep, nap, lie down, 睡觉, 午睡, 躺, snooze, sleeping, doze, 打盹, 趴着睡, 睡一会, 睡会儿",
    "build": "=built, =build, =builder, founded, architect, architecture, 建成, 建造, 建筑师, 创办, 始建",
    "help": "help, assist, accompany me, fetch, 帮助, 协助, 陪同我, 代取, get help, someone to help, helper, ask for help, answer questions, research help, 帮个忙, 求助, 辅导, 指导",
    "accompany": "alone, unaccompanied, by themselves, by themself, by himself, by herself, accompany, accompanied, supervise, unattended, with an adult, with a parent, on their own, on her own, on his own, 自己来, 独自, 单独, 陪同, 陪伴, 看管, 一个人, 自己, 陪着, 带领, 大人带, 家长带, without me, without an adult, without a parent, without parents, without their parents, leave my child, leave my kids, drop off my kids, come alone, unsupervised, 看护, 大人看护, 没有大人, 没大人, 不用大人, 家长不在, 独自来, 单独来, 大人陪, 自己能来, 自己进, 家长陪同",
    "disturb": "disturb, disturbance, break the rule, misbehave, 影响他人, 违反规定, 违规, 打扰, kicked out, thrown out, banned from, too loud, 赶出去, 赶走, 请出, 劝离",
    "shelve": "put back, put books back, reshelve, shelve, 放回书架, 放回, 上架, put the book back, put a book back, put it back, put them back, 放回去, 放回原处",
    "work": "=working, out of service, out of order, broken down, 停用, 故障, 坏了, 修好",
    "own": "library own, library owns, in total, collection size, holdings, 藏书, 馆藏量, 总共有, 收藏",
    "ask": "enquire, inquire, 咨询, 询问",
    "contact": "contact, call, ring, reach, phone you, write to, 联系, 拨打, 致电, get in touch, get hold of, talk to someone, speak to a, phone number for, 找人, 咨询谁",
    "wait": "wait, refuge, 等候, 避难",
    "study": "自习, 学习, 看书学习, revise, do homework, homework, study here, 写作业, 复习功课, 温书, 看书写字",
    "meet": "study with friends, group work, work together, 小组讨论, 一起学习",
}  # fmt: skip
"""What is done."""

PLACES: dict[str, str] = {
    "group room": "group room, group study room, group study, discussion room, meeting room, team room, collaboration room, project room, breakout room, group space, 小组研讨室, 研讨室, 讨论室, 小组讨论室, 小组学习室, 会议室, 小组室, 讨论间, 研讨间, group study rooms, study group, study pod, team study, collaborative space, 小组自习室, 讨论区",
    "study room": "study room, individual study room, carrel, study carrel, private room, 研习间, 研修间, 单人研修间, 研读间, 研修室, 个人研修室",
    "seminar room": "seminar room, conference room, 研讨会议室, 会议厅, 研讨会室, 教研室, training room, classroom, class room, meeting space, teaching room, 培训教室, 培训室, 教室, 会议室",
    "pod": "pod, booth, 舱, 小组舱",
    "quiet room": "quiet room, silent room, quiet area, silent area, quiet zone, silent study, quiet study, 静音自习室, 自习室, 静音区, 静音室, 安静区, 自修室, silent study hall, reading silence, silent hall, 自修区, 安静阅览区, 静读区",
    "reading room": "reading room, reading area, reading hall, 阅览室, 阅览区, 阅览厅",
    "reference room": "reference room, reference area, reference section, 参考阅览室, 工具书室, 工具书阅览室, reference hall, 工具书区",
    "lecture hall": "lecture hall, lecture theatre, auditorium, lecture theater, 报告厅, 演讲厅, 礼堂, courtroom, mock court, theatre, hall seats, 讲堂, 大讲堂, 学术报告厅, 演播厅",
    "exhibition hall": "exhibition hall, exhibition room, gallery space, 展览厅, 展厅, 展览室, 展览",
    "computer room": "computer room, computer lab, pc room, it room, computer area, 电子阅览室, 机房, 电脑室, 计算机房, digital room, digital lab, computer cluster, computers room, it suite, computer suite, 电脑房, 数字体验室, 数字阅览室, 多媒体阅览室, 上机室, 电子阅览区",
    "multimedia room": "multimedia room, media room, media lab, av room, 多媒体室, 视听室, 影音室",
    "studio": "recording studio, recording room, podcast studio, sound studio, 录音室, 录音间, 录音棚",
    "local history room": "local history room, special collections room, special collections reading room, rare books room, archive room, 地方文献室, 古籍室, 特藏室, 古籍阅览室, 善本室, rare books, rare book room, archives room, genealogy room, 家谱方志室, 方志室, 家谱室, 地方文献阅览室, 古籍部",
    "map room": "map room, 地图室, 舆图室",
    "children library": "childrens library, children library, kids library, childrens room, children room, kids room, childrens area, kids area, junior library, childrens section, 少儿图书馆, 少儿馆, 儿童馆, 儿童图书馆, 少儿阅览室, 儿童阅览室, 亲子馆, 少儿区, 儿童区, kids corner, childrens corner, toddler room, 绘本馆, 亲子绘本馆, 儿童阅览区, 亲子阅览室, 少儿阅览区, 少儿室, 儿童室",
    "cafe": "cafe, cafeteria, coffee shop, coffee bar, canteen, 咖啡厅, 咖啡馆, 咖啡吧, 餐吧, 餐饮区, 餐厅, 食堂, 茶馆, 茶室, coffee corner, tea room, snack corner, refectory, dining room, 茶座, 书香茶座, 咖啡角, 水吧, 简餐厅",
    "entrance hall": "entrance hall, lobby, foyer, main hall, 入口大厅, 大厅, 门厅, 大堂",
    "makerspace": "makerspace, maker space, fab lab, fablab, hackerspace, workshop room, 创客空间, 创客室, 创客工坊, 创客",
    "information desk": "information desk, info desk, help desk, help point, service desk, front desk, enquiry desk, inquiry desk, circulation desk, issue desk, lending desk, lending counter, =reception, counter, 总服务台, 服务台, 咨询台, 前台, 服务点, 借还台, 总台, 问讯处, circulation, main desk, desk downstairs, check-in desk, service point, registration desk, 办证台, 办证处, 借阅台, 导读台, 服务中心",
    "children desk": "childrens desk, 少儿服务台",
    "staff office": "staff office, librarians office, administration office, 馆员办公室, 办公室",
    "shop": "shop, bookshop, gift shop, store, 商店, 书店, 文创店",
    "pool": "swimming pool, pool, gym, 游泳池, 健身房",
    "terrace": "terrace, balcony, roof garden, garden, courtyard, 露台, 阳台, 花园, 庭院, 天台",
    "night room": "24-hour room, 24 hour room, 24-hour area, night study room, overnight room, 24小时自习室, 24小时区, 24小时阅览室, 通宵自习室, 夜间自习室, 24小时书房",
    "stacks": "stacks, stack, closed stacks, 书库, 密集书库, 闭架书库, law stacks, medical stacks, book stacks, 藏书库",
    "museum": "museum, 博物馆",
    "corridor": "corridor, hallway, stairwell, 走廊, 楼梯间, stairwells, landing, 楼道, 过道里",
    "entrance": "entrance, main entrance, front door, 正门, 入口, 大门, front gate, gate, main gate, 南门, 北门, 东门, 西门, 门外, 馆门口",
    "restroom place": "",
    "activity room": "activity room, community room, function room, event room, 活动室, 多功能厅, 活动厅",
    "any room": "a room, =rooms, any room, the room, 空间, 房间, the rooms, your rooms, meeting places, 场地, 地方开会, 各室, 各阅览室",
    "lab": "language lab, music room, piano room, practice room, dance room, 琴房, 音乐室, 语音室, 舞蹈室, skills lab, clinical skills lab, simulation lab, laboratory, 实验室",
}  # fmt: skip
"""Rooms and spots: a rule of one is not a rule of another."""

PEOPLE: dict[str, str] = {
    "child": "family, child, children, childrens, kid, kids, baby, toddler, minor, teenager, teen, son, daughter, youngster, pupil, little one, junior, young person, grandson, granddaughter, 小学生, 中学生, 儿子, 女儿, 儿童, 孩子, 小孩, 小朋友, 小读者, 少儿, 宝宝, 未成年, 未成年人, 婴儿, 青少年, 少年, 孙子, 孙女, 娃, teenage, twelve-year-old, grandchild, grandchildren, primary school, school children, schoolchild, school kids, boy, girl, young reader, 娃娃, 娃儿, 小娃, 学龄前, 小男孩, 小女孩, 初中生, 高中生, 未满, 孩儿, 幼儿, 小屁孩",
    "adult": "adult, grown-up, 成人, 成年, 成年人, 大人, grown ups, over 18",
    "parent": "parent, guardian, mother, father, carer, 家长, 父母, 监护人, 妈妈, 爸爸, mum, mom, dad, caregiver, 爷爷, 奶奶, 监护, 爸妈",
    "undergraduate": "undergraduate, undergrad, bachelor, 本科生, 本科",
    "postgraduate": "postgraduate, postgrad, graduate student, grad student, master student, masters student, doctoral, phd, phd student, doctoral student, 研究生, 硕士, 博士, 硕士生, 博士生",
    "student": "student, 学生, 大学生, undergrads, students, medical student, law student, nursing student, enrolled student, 在校生, 学员, 学子",
    "academic": "academic staff, academic, professor, lecturer, faculty, teacher, teaching staff, 教师, 老师, 教授, 教职工, 讲师, 教职员, clinical staff, faculty member, faculty members, researcher, university staff, tutor, 教工, 研究人员",
    "alumni": "alumni, alumnus, alumna, former student, graduate, 校友, 毕业生",
    "visitor": "外来务工, 外来务工人员, 外来人员, 打工, 外面的人, 外人, 公众, visitor, guest, tourist, foreigner, non-resident, outsider, external, external reader, member of the public, public, from out of town, foreign, overseas, non-member, 访客, 游客, 外国人, 外地人, 外地, 外籍, 校外读者, 校外人员, 校外, 非本市, 港澳台, 社会读者, guests, general public, not a student, not a member, without a card, no card, stranger, non-student, walk-in, member of the bar, physician, physicians, lawyer, lawyers, attorney, isnt at the uni, not at the university, 没证, 没有证, 无证, 没办证, 没卡, 不办证, 没有借书证, 没有读者证, 没学生证, 没有学生证, 路人, 校外人士, 市民",
    "senior": "senior, senior citizen, pensioner, retired, elderly, over 60, over 65, 老年人, 老人, 退休, 老年读者, old people, older people, older readers, grandma, grandpa, 老年, 长者, 老爷子, 老太太, 老头, 老伴, 俺爹, 俺娘, 六十岁, 退休人员, 60岁以上",
    "teacher card": "",
    "company": "company, organisation, organization, institution, corporate, charity, 公司, 单位, 企业, 团体, 集体, organisations, school group, club, society, clubs, government office, 机关, 社团, 机关单位, 学校组织",
}  # fmt: skip
"""Kinds of readers: a rule for one is not a rule for another."""

DAYS: dict[str, str] = {
    "mon": "monday, mon, 星期一, 周一, 礼拜一",
    "tue": "tuesday, tue, tues, 星期二, 周二, 礼拜二",
    "wed": "wednesday, wed, 星期三, 周三, 礼拜三",
    "thu": "thursday, thu, thur, thurs, 星期四, 周四, 礼拜四",
    "fri": "friday, fri, 星期五, 周五, 礼拜五",
    "sat": "saturday, sat, 星期六, 周六, 礼拜六",
    "sun": "sunday, sun, 星期日, 星期天, 周日, 周天, 礼拜天, 礼拜日",
    "weekend": "weekend, 周末, 双休日",
    "weekday": "weekday, working day, 工作日, 平日, 平时",
    "holiday": "public holiday, 节日期间, bank holiday, holiday, national holiday, 法定节假日, 节假日, 放假, 节日, 公共假期, 假日, holidays, official holiday, day off, 放假吗, 过节, 节日里, 小长假, 长假, 公休",
    "vacation": "vacation, term break, summer break, college holiday, school holiday, 假期, 寒假, 暑假, 寒暑假, 学院假期, 学校假期, between terms, break, winter break, spring break, out of term, 学期间, 放寒假, 放暑假, 学校放假",
    "summer": "summer, 夏天, 夏季, 夏令时, 夏令",
    "winter": "winter, 冬天, 冬季, 冬令时, 冬令",
    "term": "term time, semester, during term, 学期, 开学, in term, during semester, teaching weeks, in semester, 开学后, 学期中",
    "spring festival": "spring festival, chinese new year, lunar new year, 春节, 过年, 大年初一, 初一, 农历新年, 大年, 大年初二, 大年初三, 大年初五, 初二, 初三, 初四, 初五, 初六, 初七, 正月, 春节期间, 新年期间, 阴历年, 大过年",
    "new year's eve": "chinese new years eve, lunar new years eve, 除夕, 大年三十, 年三十, 年夜, 除夕夜, 三十晚上",
    "gregorian eve": "new years eve, 跨年夜, 元旦前夕",
    "new year": "new years day, 元旦, january 1, 1 january, 元旦节, 阳历年",
    "national day": "national day, 国庆节, 国庆, 十一假期, 国庆假期, 国庆期间, 十一, october 1",
    "labour day": "labour day, labor day, may day, 劳动节, 五一, 五一节, 五一假期, may 1",
    "christmas": "christmas, christmas day, boxing day, xmas, 圣诞节, 圣诞, christmas eve, 25 december, december 25, 平安夜",
    "mid-autumn": "mid-autumn, mid autumn festival, dragon boat, tomb sweeping, 中秋节, 中秋, 端午节, 端午, 清明节, 清明, 中秋节放假, 端午放假, 清明放假",
    "easter": "easter, good friday, 复活节",
}  # fmt: skip
"""Days and times of the year."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FEASTS = frozenset(
    ("spring festival", "new year", "national day", "labour day", "mid-autumn")
)  # fmt: skip
"""Days that a rule of public holidays may cover."""

RELATED: dict[str, dict[str, float]] = {
    "access": {"wheelchair": 0.8}, "accompany": {"parent": 0.8, "adult": 0.6}, "identity": {"belonging": 0.7}, "bag": {"belonging": 0.6}, "phone call": {"belonging": 0.5}, "bank card": {"belonging": 0.7},
    "be late": {"miss": 0.6}, "belonging": {"lost property": 0.8}, "bike": {"skateboard": 0.6},
    "booking": {"reserve": 1.0}, "borrow": {"loan": 0.95, "take away": 0.7, "keep": 0.4}, "capacity": {"seat": 0.9},
    "card": {"reissue": 0.8, "visitor card": 0.6, "register": 0.8}, "close": {"open": 0.92}, "compensate": {"pay": 0.9},
    "computer room": {"computer": 0.5}, "contact": {"phone call": 0.8, "phone": 0.9}, "copy": {"print": 0.7}, "download": {"wifi": 0.5},
    "drink": {"water": 0.5}, "entry": {"open": 0.5, "entrance": 0.6}, "lecture": {"event": 0.8}, "course": {"event": 0.8}, "event": {"story hour": 0.6, "lecture": 0.9, "course": 0.9},
    "exhibition": {"exhibition hall": 0.9}, "exhibition hall": {"exhibition": 0.8}, "film": {"photo": 0.6},
    "find": {"lost property": 0.85}, "fire": {"emergency": 0.8}, "food": {"hot food": 0.9, "cafe": 0.6},
    "guide dog": {"pet": 0.6}, "hold": {"reserve": 0.85, "booking": 0.85}, "hot food": {"food": 0.9},
    "keep": {"borrow": 0.7, "loan": 0.7}, "loan": {"borrow": 0.95}, "local history room": {"special collection": 0.8},
    "lose": {"compensate": 0.6, "reissue": 0.7, "find": 0.5, "lost property": 0.8}, "lost property": {"lose": 0.8, "find": 0.8, "belonging": 0.6},
    "medical": {"emergency": 0.9}, "miss": {"be late": 0.6}, "picture book": {"book": 0.45}, "new book": {"book": 0.55}, "open": {"close": 0.95},
    "owe": {"pay": 0.6}, "deposit": {"pledge": 0.8}, "pay": {"compensate": 0.6, "deposit": 0.6}, "periodical": {"newspaper": 0.85},
    "pen": {"pencil": 0.85}, "phone": {"contact": 0.8}, "photo": {"film": 0.7}, "print": {"copy": 0.7}, "group room": {"any room": 0.8}, "study room": {"any room": 0.8}, "seminar room": {"any room": 0.6}, "any room": {"group room": 0.8, "study room": 0.8, "seminar room": 0.6}, "silence": {"noise": 0.7, "quiet room": 0.7}, "night": {"same day": 0.8, "night room": 0.8}, "noise": {"silence": 0.7}, "quiet room": {"silence": 0.7},
    "refund": {"return": 0.8}, "apply": {"register": 0.8}, "register": {"apply": 0.8, "reissue": 0.5, "card": 0.85}, "reissue": {"register": 0.6, "lose": 0.6},
    "reserve": {"booking": 1.0, "hold": 0.7}, "leave seat": {"seat": 0.7}, "computer": {"laptop": 0.6}, "cash": {"bank card": 0.7, "card payment": 0.7, "pay": 0.6}, "seat": {"capacity": 0.8}, "skateboard": {"bike": 0.6},
    "special collection": {"local history room": 0.8}, "speech record": {"privacy": 0.5},
    "staff": {"information desk": 0.4}, "sight": {"braille": 0.8, "glasses": 0.8, "screen reader": 0.8, "large print": 0.8}, "student": {"undergraduate": 0.7, "postgraduate": 0.7},
    "take away": {"borrow": 0.85}, "umbrella": {"belonging": 0.8, "lost property": 0.6}, "vacation": {"holiday": 0.6},
    "visitor": {"visitor card": 0.9}, "visitor card": {"card": 0.6, "visitor": 0.9}, "water": {"drink": 0.8}, "weekday": {"mon": 0.9, "fri": 0.9},
    "weekend": {"sat": 0.95, "sun": 0.95}, "wheelchair": {"access": 0.7},
}  # fmt: skip
"""What also speaks of an idea, though it is another: asked for → told, with the share that counts."""

STOP_EN = frozenset(
    """
    dropped drop myself yourself himself herself ourselves themselves someone's short quick quickly little small tiny huge large
    black red blue green pretty easy hard difficult nice great kind real whole entire next previous recent certain
    different similar various several few both half extra few personal private official proper exact honest fine-tuned
    silly stupid dumb weird funny sad happy angry tired busy lazy rich poor normal-sized favourite favorite local-ish
    supposed gonna wanna gotta hafta lemme dunno btw asap pls plz thx ok-ish please-and-thanks
    already ever even though anyway kinda basically quite rather pretty somehow something thats whatever whenever ll ve re d lately recently instead besides unless

    a an the of to in on at for from with and or but if is are am was were be been being do does did can could may might
    will would should shall must i me my we us our you your he she it its they them their this that these those there
    here what when where which who whom whose how why much many some any all not no yes please tell know want need like
    get got have has had go going come coming so too very just also about into out up down off over per each one two
    library libraries really actually still today now tomorrow tonight anyone someone somebody everyone make made using
    used use put take taken bring bringing ok okay say says said since because heard think guess right true time times
    day days pm oclock lot way than then as by while inside during before after within whether reader readers possible
    usually normally exactly again give see look first same other another more most least im dont cant isnt arent
    doesnt wont allowed ask question information info start happen happens somewhere yesterday past half without back
    theres whats id ive hi hello hey thanks thank sorry excuse every only correct true false wrong told sure mean let
    long  often far ahead advance fast big old late early soon own new minimum maximum max limit least number kind type
    sort things something anything nothing everything place outside possible permit permitted forbidden prohibited ban banned
    policy rule rules regulation equipped provide provided offer offered available cost costs price fee fees charge
    charges charged free much last lasts hold held period duration open-ended called
    name named sister brother friend wife husband colleague neighbour neighbor mine yours month months week weeks hour
    minute minutes year years cheap expensive yuan dollar dollars euro euros pound pounds money able under until till
    well good bad nice wondering maybe perhaps quickly currently able wear ride stay lets sit work does having
    require required requirement needs wants got getting done usual always never ever there'll youre were theyre weve
    shes hes isn aren bit once twice together set inside outdoors indoors near around through against upon between
    attend send receive meet ordinary normal regular standard morning afternoon evening noon midnight am a.m p.m hrs building visit pick happening kindly thing lending hall floor floors level levels area areas section leave leaving stand
    stands hour hours age ages aged whole onto else able
    """.split()
)
"""English words that do not say what a question is about."""

STOP_ZH = (
    "准备 打算 觉得 担心 害怕 喜欢 已经 可能 到底 究竟 刚刚 刚才 马上 立刻 赶紧 一直 经常 偶尔 顺便 另外 其他 其它 比如 例如 亲自 本人 干啥 干嘛 干什么 咋弄 怎么弄 怎么搞 咋整 有啥 有点 一点 突然 忽然 以为 记得 发现 变成 直接 随时 继续 尽量 必要 算不算 扣多少 是啥 啥 会不会 不会 会怎么样 怎么算 什么样 哪样 这样 那样 那种 这种 每回 好像 似乎 大概 差不多 左右 最好 "
    "请问 一下 一共 我们 你们 咱们 他们 她们 的话 是不是 是否 有没有 能不能 可不可以 可以 能否 要不要 需要 需不需要 怎么样 怎么办 怎么 如何 "
    "怎样 什么时候 什么 哪些 哪里 哪儿 为什么 为何 多少钱 多少 多久 多长时间 多长 几点 几天 几次 几本 几册 几岁 几个 几页 几层 图书馆 馆里 馆内 本馆 "
    "这里 这儿 那里 里面 以及 使用 每次 每个 每天 每人 每位 时间 时候 现在 今天 明天 今晚 知道 告诉 应该 必须 听说 既然 因为 所以 那么 "
    "一层 二层 三层 四层 一楼 二楼 三楼 四楼 自助 进去 读者 期间 之前 之后 以后 以前 麻烦 您好 你好 谢谢 你们这儿 一张 一页 一本 一份 一次 "
    "最多 最少 最低 最高 最长 上限 限制 规定 规则 收费 要钱 收钱 免费 费用 价格 价钱 多大 多远 多快 限速 期限 提前 允许 禁止 不能 不可以 "
    "行吗 行不行 好吗 对吗 对吧 是吧 不对 没错 区域 地方 别人 朋友 他人 有人 人家 大家 同学 同事 家人 室友 任何人 同时 一般 具体 关于 情况 方式 方法 办法 一天 一块钱 "
    "我 你 您 他 她 它 的 了 吗 呢 吧 啊 呀 么 嘛 哈 是 在 有 能 会 要 哪 谁 几 里 都 也 还 就 和 与 或 及 到 去 来 把 被 给 对 从 用 让 "
    "想 得 不 没 很 最 说 那 这 请 可 须 为 于 至 以 并 且 其 该 由 将 即 即可 均 只 仅 者 所 "
    "早上 上午 中午 下午 晚上 凌晨 傍晚 每月 最后 一个 多 吗? 吗？ 打通 咋办 咋样 啥时候 "
    "处理 没收 开始 结束 举行 举办 收走 会被 上得去 上去 去得了 能用 用多久 可用 不要 不得 请勿 是什么 哪个 哪种 一些 我想 想要 你们是 现场 小时 分钟 "
).split()  # fmt: skip
"""Chinese words that do not say what a question is about."""
WEAK_ZH = frozenset(
    "点个本次天带进馆上下做行好内外中前后时每各等年月日少块元钱费号层楼起过放拿交坐待玩看找咋啥嘞算太大小勿"
)
"""Characters that say nothing alone or beside each other, though they are part of other words."""
