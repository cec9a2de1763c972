"""Subjects as readers say them, in both languages, and the classes they stand in (CLC, Dewey, Library of Congress).

One row is one subject: its words, then its classes. A subject without a class of its own (a theme of fiction) has none.
Sources: the class tables of CLC (5th edition), DDC (main classes and divisions) and LCC (outlines).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from library.normal import fold

_ROWS = """
science fiction, sci-fi, sci fi, scifi, sf, space opera, 科幻, 科幻小说, 科学幻想, 科学幻想小说
fantasy, fantasy fiction, magic, wizards, 奇幻, 奇幻小说, 魔幻, 玄幻
dystopia, dystopias, dystopian, dystopian fiction, anti-utopia, 反乌托邦, 反乌托邦小说
detective stories, detective, detectives, crime, crime fiction, mystery, mysteries, whodunit, whodunits, murder mystery, thriller, thrillers, 侦探, 侦探小说, 推理, 推理小说, 侦探推理, 悬疑, 悬疑小说, 破案, 犯罪小说
ghosts, ghost stories, ghost, spirits, 鬼魂, 鬼故事, 鬼, 鬼怪
horror, gothic fiction, scary stories, scary, 恐怖, 恐怖小说, 哥特小说
love, romance, romances, romantic, love stories, love story, romantic fiction, 爱情, 爱情小说, 言情, 恋爱
adventure, adventures, adventure stories, 冒险, 冒险小说, 探险
historical fiction, historical novels, 历史小说
martial arts fiction, martial arts, kung fu, wuxia, 武侠, 武侠小说, 功夫小说
short stories, short story, 短篇小说, 短篇
humour, humor, funny, comedy, satire, 幽默, 讽刺, 搞笑, 喜剧
poetry, poems, poem, verse, 诗歌, 诗, 诗集, 诗词, 古诗, 唐诗, 宋词
drama, plays, theatre, 戏剧, 剧本, 话剧
fairy tales, fairy tale, fairytales, 童话, 童话故事
fables, fable, 寓言, 寓言故事
picture books, picture book, 绘本, 图画书, 画本
biography, biographies, autobiography, memoirs, memoir, lives, 传记, 自传, 回忆录, 人物传记 | clc K81 K82 K83 | ddc 920 | lcc CT
diaries, diary, 日记
russian fiction, russian novels, russian literature, russian, 俄罗斯小说, 俄罗斯文学, 俄国文学, 俄国小说, 苏联文学 | clc I512 | ddc 891.7 | lcc PG
french fiction, french novels, french literature, 法国小说, 法国文学 | clc I565 | ddc 840-848 | lcc PQ1-PQ3999
german fiction, german novels, german literature, 德国小说, 德国文学, 德语小说, 德语文学 | clc I516 | ddc 830-838 | lcc PT
japanese fiction, japanese novels, japanese literature, 日本小说, 日本文学 | clc I313 | ddc 895.6 | lcc PL501-PL898
english fiction, british fiction, british novels, english novels, english literature, british literature, 英国小说, 英国文学 | clc I561 | ddc 820-828 | lcc PR
american fiction, american novels, american literature, 美国小说, 美国文学 | clc I712 | ddc 810-818 | lcc PS
spanish fiction, spanish novels, latin american literature, latin american fiction, 西班牙小说, 西班牙文学, 拉美文学, 拉丁美洲文学 | clc I551 I73 | ddc 860-868 | lcc PQ6001-PQ8929
chinese fiction, chinese novels, chinese literature, 中国小说, 中国文学, 当代小说, 现代文学, 当代文学 | clc I2 | ddc 895.1 | lcc PL2250-PL3207
classical chinese novels, chinese classics, classic chinese novels, 古典小说, 古典文学, 四大名著, 章回小说 | clc I24
foreign literature, world literature, foreign novels, foreign fiction, 外国文学, 外国小说, 世界文学, 世界名著 | clc I3 I4 I5 I6 I7
literature, fiction, novels, 文学, 小说, 文学类 | clc I | ddc 800-899 | lcc P
computer science, computers, computing, computer, informatics, 计算机, 计算机科学, 电脑 | clc TP3 | ddc 004-006 | lcc QA75-QA76
programming, computer programming, coding, software, learn to code, 程序设计, 编程, 写代码, 软件 | clc TP311 TP312 | ddc 005 | lcc QA76
artificial intelligence, ai, 人工智能 | clc TP18 | ddc 006.3 | lcc Q334-Q336
machine learning, deep learning, neural networks, 机器学习, 深度学习, 神经网络 | clc TP181 TP183 | ddc 006.3
algorithms, algorithm, data structures, 算法, 数据结构 | clc TP301 TP311.12 | ddc 005.1
computer networks, networking, internet, 计算机网络, 网络, 互联网 | clc TP393 | ddc 004.6
databases, database, 数据库 | clc TP311.13 | ddc 005.74
mathematics, maths, math, 数学 | clc O1 | ddc 510-519 | lcc QA1-QA74
statistics, probability, 统计学, 概率, 概率论 | clc O21 C8 | ddc 519 | lcc QA273-QA280
geometry, 几何, 几何学 | clc O18 | ddc 516
physics, 物理, 物理学 | clc O4 | ddc 530-539 | lcc QC
quantum mechanics, quantum physics, 量子力学, 量子物理 | clc O413 | ddc 530.12
chemistry, 化学 | clc O6 | ddc 540-548 | lcc QD
astronomy, cosmology, space, stars, universe, the universe, 天文, 天文学, 宇宙, 宇宙学, 太空, 星空 | clc P1 | ddc 520-529 | lcc QB
biology, life sciences, 生物, 生物学 | clc Q | ddc 570-579 | lcc QH
evolution, natural selection, darwin, darwinism, 进化, 进化论, 演化, 自然选择 | clc Q111 | ddc 576.8
genetics, genes, dna, 遗传, 遗传学, 基因 | clc Q3 | ddc 576.5 572.8
plants, botany, gardening, gardens, flowers, 植物, 植物学, 园艺, 花卉 | clc Q94 S68 | ddc 580-588 635 | lcc QK
animals, zoology, 动物, 动物学 | clc Q95 | ddc 590-599 | lcc QL
bees, beekeeping, honey, 蜜蜂, 养蜂 | clc S89 | ddc 638
birds, 鸟, 鸟类 | clc Q959.7 | ddc 598
dinosaurs, fossils, palaeontology, 恐龙, 化石, 古生物 | clc Q91 | ddc 560-567
geology, earth science, earth, 地质, 地质学, 地球科学, 地球 | clc P5 | ddc 550-559 | lcc QE
environment, ecology, climate change, climate, pollution, nature, 环境, 环境保护, 环保, 生态, 气候, 气候变化, 自然 | clc X | ddc 333.7 363.7 577 | lcc GE
science, popular science, natural science, 科学, 科普, 自然科学 | clc N O P Q | ddc 500-599 | lcc Q
medicine, medical, health, healthcare, doctors, 医学, 医药, 医疗, 健康, 养生 | clc R | ddc 610-619 | lcc R
chinese medicine, traditional chinese medicine, herbal medicine, 中医, 中药, 中医药, 本草 | clc R2 | ddc 610
cancer, 癌症, 肿瘤 | clc R73 | ddc 616.99
psychology, mind, 心理, 心理学 | clc B84 | ddc 150-158 | lcc BF
philosophy, philosophers, 哲学, 哲学家 | clc B | ddc 100-129 180-199 | lcc B
ethics, morals, morality, 伦理, 伦理学, 道德 | clc B82 | ddc 170-179 | lcc BJ
logic, 逻辑, 逻辑学 | clc B81 | ddc 160 511.3
religion, religions, religious, 宗教 | clc B9 | ddc 200-299 | lcc BL
buddhism, buddhist, zen, 佛教, 禅, 佛学 | clc B94 | ddc 294.3
christianity, christian, bible, 基督教, 圣经 | clc B97 | ddc 220-289
islam, muslim, 伊斯兰教 | clc B96 | ddc 297
confucianism, confucius, 儒家, 儒学, 孔子 | clc B222 | ddc 181
taoism, daoism, tao, 道家, 道教 | clc B223 | ddc 181 299
economics, economy, economic, 经济, 经济学 | clc F | ddc 330-339 | lcc HB
finance, money, investing, investment, stock market, personal finance, 金融, 理财, 投资, 股票投资 | clc F83 | ddc 332 | lcc HG
business, management, entrepreneurship, marketing, 商业, 管理, 管理学, 创业, 营销, 企业管理 | clc F27 C93 | ddc 650-659 | lcc HD
accounting, 会计 | clc F23 | ddc 657
politics, political science, government, political, 政治, 政治学 | clc D | ddc 320-328 | lcc J
law, legal, 法律, 法学 | clc D9 | ddc 340-349 | lcc K
sociology, society, social science, social sciences, 社会, 社会学, 社会科学 | clc C91 | ddc 300-307 | lcc HM
anthropology, 人类学 | clc Q98 C912 | ddc 301 306 | lcc GN
education, teaching, schools, 教育, 教学, 教育学 | clc G4 G6 G7 | ddc 370-379 | lcc L
women, woman, a woman, feminism, feminist, gender, 女性, 女性主义, 女权, 性别 | clc C913.68 | ddc 305.4 | lcc HQ
languages, linguistics, language, 语言, 语言学 | clc H | ddc 400-499 | lcc P1-P1091
english language, learning english, learn english, english learning, 英语, 英语学习, 学英语 | clc H31 | ddc 420-428
chinese language, learning chinese, learn chinese, mandarin, 汉语, 汉语学习, 学中文 | clc H1 | ddc 495.1
dictionaries, dictionary, 词典, 字典, 辞典, 辞书 | clc H06 H16 H316 Z3 | ddc 413 423 495.13
encyclopedias, encyclopaedia, encyclopedia, 百科全书, 百科 | clc Z2 | ddc 030-039
history, historical, 历史, 史学 | clc K | ddc 900-909 930-999 | lcc D
world history, 世界史, 世界历史 | clc K1 | ddc 909
chinese history, history of china, china history, 中国历史, 中国史 | clc K2 | ddc 951 | lcc DS
us history, american history, united states history, history of the united states, history of america, 美国历史, 美国史 | clc K712 | ddc 973 | lcc E
european history, history of europe, 欧洲历史, 欧洲史 | clc K5 | ddc 940-949 | lcc D
world war ii, second world war, world war two, world war 2, ww2, wwii, 第二次世界大战, 二战 | clc K152 | ddc 940.53
world war i, first world war, ww1, 第一次世界大战, 一战 | clc K143 | ddc 940.3
war, military, warfare, strategy, 战争, 军事, 兵法, 战略 | clc E | ddc 355-359 | lcc U
archaeology, 考古, 考古学 | clc K85 | ddc 930 | lcc CC
geography, maps, 地理, 地图 | clc K9 P9 | ddc 910-912 | lcc G
travel, travels, voyages, travel writing, travelogue, tourism, 旅行, 游记, 旅游, 旅游指南 | clc K919 K928 F59 | ddc 910-919 | lcc G
art, arts, fine arts, painting, paintings, painters, 艺术, 美术, 绘画, 画画 | clc J | ddc 700-709 750-759 | lcc N
art history, history of art, 艺术史, 美术史 | clc J110 | ddc 709 | lcc N5300-N7418
calligraphy, 书法 | clc J292 | ddc 745.6
music, musicians, 音乐 | clc J6 | ddc 780-789 | lcc M
film, films, cinema, movies, 电影 | clc J9 | ddc 791.43
photography, photos, 摄影 | clc J4 | ddc 770-779 | lcc TR
architecture, buildings, 建筑, 建筑学 | clc TU | ddc 720-729 | lcc NA
design, 设计 | clc J06 J5 TB47 | ddc 745
sport, sports, football, fitness, 体育, 运动, 足球, 健身 | clc G8 | ddc 796 | lcc GV
chess, 象棋, 国际象棋, 围棋 | clc G89 | ddc 794.1
games, 游戏 | clc G89 | ddc 793-794
cooking, cookery, cookbooks, cookbook, recipes, food, cuisine, baking, 烹饪, 菜谱, 做菜, 做饭, 美食, 食谱, 烘焙 | clc TS972 | ddc 641 | lcc TX
handicrafts, crafts, 手工, 手工艺 | clc TS935 J5 | ddc 745-746
parenting, childcare, child care, raising children, 育儿, 亲子, 家庭教育 | clc TS976 G78 | ddc 649
engineering, technology, technical, 工程, 技术, 工程技术 | clc T | ddc 600-609 620-629 | lcc T
electronics, electrical engineering, 电子, 电子学, 电工 | clc TM TN | ddc 621.3 | lcc TK
cars, automobiles, motor vehicles, 汽车 | clc U46 | ddc 629.2
agriculture, farming, 农业 | clc S | ddc 630-639 | lcc S
journalism, newspapers, media, 新闻, 传媒, 新闻学 | clc G2 | ddc 070-079
library science, libraries, 图书馆学 | clc G25 | ddc 020-029 | lcc Z
cryptography, codes, code breaking, cipher, 密码学, 密码, 编码
robots, robotics, androids, 机器人, 仿生人 | clc TP242 | ddc 629.8
loneliness, lonely, solitude, being alone, 孤独, 寂寞
tragedies, tragedy, tragic, sad, sad stories, 悲剧, 悲伤, 伤感
comics, comic, graphic novels, graphic novel, manga, comic strips, cartoons, 漫画, 连环画
song dynasty, 宋朝, 宋代
tang dynasty, 唐朝, 唐代
ming dynasty, 明朝, 明代
qing dynasty, 清朝, 清代
persuasion, influence, persuading people, persuade, persuade people, 说服, 影响力
time travel, 时间旅行, 穿越
aliens, extraterrestrial life, extraterrestrials, martians, 外星人, 外星文明, 火星人
wolf, wolves, 狼
fish, fishing, fisherman, 鱼, 捕鱼, 钓鱼
sea, ocean, sea stories, sailing, ships, submarines, 海, 海洋, 航海, 海洋小说
pirates, pirate, 海盗
vampires, vampire, 吸血鬼
friendship, friends, 友谊, 友情
family, families, 家庭, 家族
marriage, 婚姻
death, dying, 死亡
childhood, growing up, coming of age, adolescence, 童年, 成长, 青春
happiness, well-being, wellbeing, 幸福, 快乐
habits, self-help, self help, productivity, success, 习惯, 自我提升, 励志, 成功学, 时间管理
trees, tree, forests, forest, 树, 树木, 森林
insects, insect, bugs, 昆虫, 虫子
brain, neuroscience, neurology, 大脑, 脑科学, 神经科学, 神经病学
sleep, dreams, 睡眠, 梦
black holes, relativity, 黑洞, 相对论
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: the words for it, folded, and its classes as ``(scheme, first, last)``."""

    words: tuple[str, ...]
    classes: tuple[tuple[str, str, str], ...] = ()


def find_subject(phrase: str) -> Subject | None:
    """The subject a phrase names; None when no row has it."""
    return _by_word().get(fold(phrase).strip())


@lru_cache(maxsize=1)
def _by_word() -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for row in _ROWS.strip().splitlines():
        words, *classes = row.split(" | ")
        subject = Subject(tuple(fold(word).strip() for word in words.split(",")), tuple(_classes(classes)))
        for word in subject.words:
            found.setdefault(word, subject)
    return found


def _classes(parts: list[str]) -> list[tuple[str, str, str]]:
    spans = []
    for part in parts:
        scheme, *ranges = part.split()
        for span in ranges:
            first, _, last = span.partition("-")
            spans.append((scheme, first, last or first))
    return spans
