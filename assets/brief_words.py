"""The controlled vocabulary: what books are about → what their worlds look like.

Each motif lists the words by which it is known in both languages (subjects, titles and summaries are searched), the
classes of the Chinese Library Classification and of Dewey that lead to it, and how painters that read words are told.
Words are matched whole in English and as substrings in Chinese; one-character Chinese words only in subjects.
"""

from __future__ import annotations

from dataclasses import dataclass

from assets.brief import Style, Time, Weather


@dataclass(frozen=True, slots=True)
class Motif:
    """``time``, ``weather``, ``style``: unless the book says otherwise. ``clc``, ``ddc``: class prefixes.

    ``prompt``: English description for painters that read words.
    """

    key: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    clc: tuple[str, ...]
    ddc: tuple[str, ...]
    prompt: str
    time: Time = "day"
    weather: Weather = "clear"
    style: Style = "plain"


def _m(
    key: str, zh: str, en: str, classes: str, prompt: str, time: Time = "day", weather: Weather = "clear",
    style: Style = "plain",
) -> Motif:  # fmt: skip
    codes = classes.split()
    clc = tuple(code for code in codes if code[0].isalpha())
    ddc = tuple(code for code in codes if code[0].isdigit())
    return Motif(key, tuple(zh.split()), tuple(en.split(", ")) if en else (), clc, ddc, prompt, time, weather, style)


MOTIFS: tuple[Motif, ...] = (
    _m("sea", "大海 海洋 航海 水手 渔夫 捕鲸 海战", "sea, seas, ocean, sailor, sailors, whale, whaling, voyage, voyages, fishing, sea stories", "", "open sea with sailing ships, long waves", "day", "cloudy"),
    _m("island", "海岛 荒岛 金银岛 海盗 漂流", "island, islands, pirates, castaways, treasure, survival", "", "tropical island, palms, turquoise water, a moored ship"),
    _m("undersea", "海底 海洋生物 美人鱼 潜水 鱼类", "undersea, underwater, mermaid, mermaids, submarine, submarines, marine biology, fish", "Q178 Q959.4 P7 578.77 551.46 597", "under water, light shafts, corals, shoals of fish"),
    _m("desert", "沙漠 丝绸之路 骆驼 撒哈拉 沙丘", "desert, deserts, dune, dunes, silk road, camel, caravan, arabia, arab", "K29 953 956", "dunes, a caravan, wide sky", "dusk"),
    _m("egypt", "埃及 法老 金字塔 考古", "egypt, pharaoh, pyramid, pyramids, archaeology, mummies", "K85 932 930.1", "pyramids and palms by a river", "dusk"),
    _m("forest", "森林 树木 瓦尔登湖 林中 自然", "forest, forests, woods, trees, nature, wilderness, natural history", "S7 577 508 634.9", "old forest, tall trunks, light between leaves", "dawn", "mist"),
    _m("fairy_forest", "童话 精灵 爱丽丝 仙境 儿童文学 寓言 绘本 小王子", "fairy tales, fairy tale, elves, wonderland, rabbit, rabbits, fables, picture books, children's stories, children's literature", "I18 I28 I1188 I288 398 808.068", "fairy tale forest, giant mushrooms, lanterns, friendly colours", "dusk"),
    _m("jungle", "丛林 雨林 动物 动物学 大象 老虎 进化", "jungle, rainforest, animals, zoology, tiger, elephant, wolves, evolution, species", "Q95 Q11 590 599 591 576.8", "lush rainforest, palms, lianas, a waterfall", "day", "mist"),
    _m("mountains", "高山 登山 雪山 阿尔卑斯 喜马拉雅 魔山 徐霞客", "mountain, mountains, alps, himalaya, mountaineering, climbing, walking", "P94 551.43 796.522", "high mountains, snow caps, alpine meadow", "dawn"),
    _m("ink_mountains", "古典诗歌 唐诗 宋词 诗经 诗集 山水 道家 老子 庄子 古典文学 论语 儒家 散文", "chinese poetry, tang poetry, taoism, daoism, confucianism, chinese philosophy, chinese classics, confucius", "I222 B22 I207.2 895.11 181.11 299.51", "Chinese ink painting, misty peaks, pines, a pavilion", "day", "mist", "ink"),
    _m("ink_river", "江湖 武侠 渔父 边城 湘西 河流 长江 水浒 游侠", "wuxia, martial arts, chinese fiction, yangtze, river life, outlaws", "I242 I246 895.13", "Chinese ink painting, wide river, fishing boats, reeds", "dawn", "mist", "ink"),
    _m("canal_town", "江南 水乡 苏州 鲁迅 绍兴 小镇 茶馆 上海", "canal, canals, venice, water town, tea house, shanghai", "", "old water town, white walls, black tiles, arched stone bridge, boats", "dusk"),
    _m("palace", "宫殿 故宫 皇帝 王朝 清朝 明朝 唐朝 长安 北京 中国历史", "palace, emperor, dynasty, forbidden city, chang'an, peking, beijing, chinese history, china", "K2 951", "Chinese palace roofs, red walls, white terraces", "dusk"),
    _m("garden", "红楼梦 园林 大观园 才子佳人 牡丹亭 西厢记 昆曲 爱情 恋爱", "chinese garden, dream of the red chamber, peony, kunqu, love stories, love", "TU986 I237 712", "Chinese garden, moon gate, lotus pond, rockery, willow", "dusk"),
    _m("temple", "佛教 佛经 宗教 西游记 寺院 禅宗 取经 玄奘", "buddhism, religion, temple, monastery, zen, pilgrimage, monkey king", "B94 B9 294 200 291", "mountain temple, pagoda, incense, cedars", "dawn", "mist"),
    _m("war", "战争 三国 军事 战役 兵法 抗战 英雄 革命 长征", "war, wars, battle, military, soldiers, strategy, world war, army, napoleon, warfare", "E I247.52 355 940.53 940.54 940.4 895.1346", "wide plain with banners and watchtowers under a heavy sky", "dusk", "storm"),
    _m("steppe", "草原 蒙古 狼图腾 游牧 骑马 成吉思汗 牧民", "steppe, grassland, mongolia, nomads, horses, prairie, cossacks, frontier", "K28 950 978", "endless grassland, yurts, horses, big clouds"),
    _m("village", "农村 乡村 乡土 农民 平凡的世界 活着 白鹿原 土地 家族", "village, villages, peasants, rural, country life, family sagas, farmers", "I247 C912.8 307.72", "Chinese village, rice terraces, smoke from chimneys, persimmon trees", "dusk"),
    _m("manor", "傲慢与偏见 英国小说 婚姻 庄园 家庭教师 贵族 社会风俗", "manor, marriage, english fiction, governesses, governess, country house, manners, gentry, provincial life, sisters", "I561 823 820", "English country house, lawn, lime avenue, lake", "day", "cloudy"),
    _m("gothic", "哥特 吸血鬼 鬼怪 聊斋 恐怖 幽灵 荒原 复仇 志怪", "gothic fiction, gothic, vampires, ghost, ghosts, horror, monsters, moors, revenge, supernatural", "", "ruined castle on a moor, full moon, bare trees", "night", "mist"),
    _m("old_city", "巴黎 伦敦 法国大革命 双城记 悲惨世界 巴尔扎克 狄更斯 雨果 孤儿 成长", "paris, london, french revolution, orphans, coming of age, french fiction, poverty, street life, social conditions, petersburg, crime and punishment", "I565 I512 843 891.73 833 853 863", "old European city, roofs, chimneys, lit windows, a dome", "dusk"),
    _m("city", "都市 经济 经济学 金融 商业 管理 侦探 推理 犯罪 悬疑 社会学 心理学", "city, cities, economics, business, finance, management, detective, crime, mystery, urban, sociology, psychology, fiction", "F C I247.56 330 658 332 364 301 813 150", "modern skyline at night, lit windows, river", "night"),
    _m("future_city", "科幻 科幻小说 未来 反乌托邦 机器人 赛博 乌托邦 人工智能", "science fiction, future, robots, robot, dystopias, dystopia, cyberpunk, utopias, totalitarianism, time travel, artificial intelligence", "I247.55 006.3", "city of the future, slender towers, sky rails", "dusk"),
    _m("circuit", "计算机 编程 程序设计 算法 软件 互联网 数据 操作系统 网络", "computer, computers, programming, algorithms, software, internet, data, databases, operating systems, computer science, python", "TP TN 004 005 006 621.39", "landscape of light, glowing data towers, circuit paths", "night"),
    _m("space", "宇宙 天文 天文学 三体 太空 星际 黑洞 时间简史 行星 物理学 相对论", "space, cosmos, astronomy, universe, stars, black holes, cosmology, relativity, planets, outer space, galaxy, extraterrestrial beings", "P1 P15 O412 520 523 530.11", "deep space, nebula, ringed planet, moon ground", "night"),
    _m("mars", "火星 月球 航天 宇航员 登月 火箭", "mars, moon, astronauts, astronaut, rockets, spaceflight, space exploration", "V 629.4 919.92", "red planet, domes of a station, rocket", "dusk"),
    _m("laboratory", "化学 实验 生物学 医学 遗传 基因 细胞 科学家 居里 弗兰肯斯坦", "chemistry, experiments, biology, genetics, medicine, cells, scientists, physics, science, radioactivity", "O6 O4 O3 N Q R 540 570 530 610 616 500 539 572", "bright laboratory, glass, instruments, tall windows"),
    _m("geometry", "数学 几何 逻辑 微积分 代数 概率 统计", "mathematics, geometry, logic, calculus, algebra, probability, statistics, numbers", "O1 B81 510 511 512 515 516 519 160", "crystal shapes floating over a mirror plain", "dawn"),
    _m("library", "图书馆 目录 词典 百科全书 工具书 图书馆学 书籍 阅读 写作 语言 汉语 英语", "library, libraries, dictionary, dictionaries, encyclopedia, reference, books, reading, bibliography, writing, language, grammar, linguistics, education", "G25 Z H G 020 030 400 410 420 495 370 028 808", "great reading room, tall shelves, green lamps", "dusk"),
    _m("study", "哲学 伦理 思想 传记 回忆录 随笔 日记 书信 散文集", "philosophy, ethics, biography, autobiography, memoirs, essays, diaries, letters, knowledge, stoics", "B K81 100 170 190 920 814 824 921", "quiet study, desk by a window, shelves, globe", "dusk"),
    _m("hall", "法律 政治 外交 宪法 国家 哈姆雷特 君主 权力 民主", "law, politics, political science, constitution, government, state, princes, kings, power, democracy, tragedy", "D 320 340 321 328 327 822.33", "great hall, columns, long banners, light from above"),
    _m("ruins", "希腊 罗马 神话 荷马 奥德赛 伊利亚特 史诗 古代", "greek, greece, rome, roman, mythology, myths, homer, epic poetry, epic, classical, ancient", "B93 I545 I198 880 870 883 292 938 937 871", "marble columns on a cape above the sea, cypresses, olive trees", "dusk"),
    _m("stage", "戏剧 音乐 歌剧 京剧 舞蹈 电影 贝多芬 雷雨", "drama, theatre, theater, music, opera, dance, cinema, film, symphony, plays, comedy", "J6 J8 J9 I23 780 792 791 822", "theatre stage, red curtain, lights", "night"),
    _m("gallery", "艺术 绘画 美术 书法 雕塑 设计 美学 摄影 美", "art, painting, painters, calligraphy, sculpture, design, aesthetics, photography, beauty, architecture", "J TU 700 750 720 709 741 111.85", "bright museum gallery, framed pictures, benches"),
    _m("farm", "农业 小麦 作物 园艺 植物 植物学 动物农场 堂吉诃德 食物", "agriculture, farming, wheat, crops, gardening, plants, botany, farm, knights, food", "S Q94 580 630 635 631", "wheat fields, windmills, poplars", "day", "cloudy"),
    _m("flowers", "花卉 诗歌 春天 女性 女孩 小妇人 青春 飞鸟集 叶芝", "flowers, poetry, spring, girls, women, gardens, secret garden, lyric", "I106 I712 I5 811 821 582 635.9 891.4", "meadow of flowers, blossoming trees, butterflies", "dawn"),
    _m("snow", "雪国 冰雪 冬天 北极 南极 俄国 俄罗斯 极地 西伯利亚", "snow, winter, arctic, antarctic, russia, russian, siberia, polar, ice", "P941.6 891.7 998 919.8", "snow plain, birches, wooden houses, northern light", "night", "snow"),
    _m("cave", "洞穴 地下 矿山 盗墓 地心 霍比特", "cave, caves, underground, mines, dwarves, hobbit, tombs, center of the earth", "P642 551.44 622", "great cave, crystals, underground lake"),
    _m("dinosaur", "恐龙 化石 地质 古生物 火山 地球", "dinosaurs, fossils, geology, volcano, volcanoes, earth, paleontology, prehistoric", "P5 P3 Q91 550 551 560 567", "volcano, giant ferns, long-necked dinosaurs", "dusk"),
    _m("harbour", "港口 灯塔 海港 到灯塔去", "harbour, harbor, lighthouse, lighthouses, port, coast", "U6 387", "lighthouse on a cliff, harbour town, fishing boats", "dusk"),
    _m("sky_islands", "奇幻 魔法 龙 魔幻 魔戒 哈利波特 神魔 孙悟空 山海经 巫师", "fantasy, magic, dragon, dragons, wizards, lord of the rings, quests, imaginary places", "", "floating islands in the clouds, waterfalls, towers", "dawn", "cloudy"),
    _m("balloons", "旅行 地理 环游 游记 探险 冒险 八十天", "travel, travels, geography, explorers, discovery, adventure stories, adventure, journeys, around the world", "K9 G8 910 914 915 917 796", "hot-air balloons over hills and a river at sunrise", "dawn"),
    _m("market", "饮食 美食 烹饪 市井 民俗 节日 中国菜 茶", "cooking, cookery, cuisine, food habits, customs, festivals, tea, folklore", "TS K892 641 394 390", "evening market street, lanterns, stalls", "night"),
    _m("herbs", "中医 本草 药 养生 健康", "herbs, herbal, traditional chinese medicine, health, nursing", "R2 R28 615 613", "herb garden with bamboo, stone mortar, drying racks", "dawn", "mist"),
    _m("railway", "铁路 火车 交通 工业 工程 机械 桥梁", "railway, railways, railroad, train, trains, transport, engineering, industry, machines, bridges, technology", "U TH TB T 625 620 621 600 385", "steam train on a viaduct, hills, telegraph poles", "dawn"),
)  # fmt: skip
"""In order of preference: of equal evidence the first wins."""

BY_KEY: dict[str, Motif] = {motif.key: motif for motif in MOTIFS}

TIMES: dict[Time, tuple[str, ...]] = {
    "night": ("夜", "night", "midnight", "moonlight", "星空", "stars", "月"),
    "dawn": ("黎明", "清晨", "dawn", "morning", "sunrise", "朝花", "spring", "春"),
    "dusk": ("黄昏", "日落", "sunset", "dusk", "evening", "twilight", "夕", "autumn", "秋"),
    "day": ("夏", "summer", "noon"),
}
"""Words that set the time of day, searched in titles."""

WEATHERS: dict[Weather, tuple[str, ...]] = {
    "snow": ("雪", "snow", "winter", "冬", "冰"),
    "storm": ("雷雨", "暴风", "storm", "tempest", "风暴", "呼啸"),
    "mist": ("雾", "mist", "fog", "烟雨"),
    "cloudy": ("云", "clouds", "rain", "雨"),
}
