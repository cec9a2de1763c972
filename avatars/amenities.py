"""Words readers use for things on the map, and the IMDF categories they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from avatars.language import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing. ``categories``: IMDF category or its stem ("restroom" also means "restroom.female").

    ``words``: folded words and phrases, longest first wins; ``name``: what the librarian calls it.
    """

    key: str
    categories: tuple[str, ...]
    words: tuple[str, ...]
    en: str
    zh: str
    named: tuple[str, ...] = ()
    """Words in a room's name that make it of this kind, for kinds that IMDF has no category for."""


def _kind(key: str, categories: str, words: str, en: str, zh: str, named: str = "") -> Kind:
    return Kind(
        key,
        tuple(categories.split()),
        tuple(w.strip() for w in words.split(",") if w.strip()),
        en,
        zh,
        tuple(named.split()),
    )


KINDS: tuple[Kind, ...] = (
    _kind("toilet_wheelchair", "restroom.wheelchair restroom.female.wheelchair restroom.male.wheelchair restroom.unisex.wheelchair restroom.family.wheelchair",
          "accessible toilet,accessible restroom,accessible bathroom,accessible washroom,disabled toilet,disabled restroom,disabled bathroom,wheelchair toilet,wheelchair accessible toilet,wheelchair accessible restroom,handicapped toilet,无障碍厕所,无障碍卫生间,无障碍洗手间,残疾人厕所,残疾人卫生间,残疾人洗手间,残障厕所,第三卫生间", "accessible toilet", "无障碍卫生间"),
    _kind("toilet_female", "restroom.female restroom.female.wheelchair",
          "ladies toilet,ladies' toilet,ladies room,ladies' room,ladies,women's toilet,women's restroom,women's bathroom,womens toilet,womens restroom,female toilet,female restroom,girls toilet,女厕所,女厕,女洗手间,女卫生间,女士洗手间,女士卫生间", "women's toilet", "女洗手间"),
    _kind("toilet_male", "restroom.male restroom.male.wheelchair",
          "gents,gents toilet,gents' toilet,men's toilet,men's room,mens room,men's restroom,men's bathroom,mens toilet,mens restroom,male toilet,male restroom,boys toilet,男厕所,男厕,男洗手间,男卫生间,男士洗手间,男士卫生间", "men's toilet", "男洗手间"),
    _kind("toilet", "restroom", "toilet,toilets,restroom,restrooms,bathroom,bathrooms,washroom,washrooms,lavatory,loo,wc,rest room,bath room,public toilet,place to pee,pee,wee,wash my hands,wash hands,the loo,powder room,厕所,上厕所,洗手,洗个手,洗洗手,小便,方便一下,解手,洗手间,卫生间,盥洗室,公厕,茅房,化妆间", "toilet", "洗手间"),
    _kind("water", "drinkingfountain", "drinking fountain,drinking fountains,water fountain,water fountains,drinking water,water dispenser,water cooler,water refill,refill station,water station,bottle refill,bubbler,fill my bottle,fill my water bottle,refill my bottle,fill up my bottle,water,something to drink,drink of water,a drink,get a drink,thirsty,drink,drink something,渴,口渴,喝点水,接热水,接点水,饮水机,饮水处,饮水点,饮水,喝水,喝的水,热水,开水,开水间,开水房,直饮水,接水,打水,水房,水", "drinking fountain", "饮水机"),
    _kind("elevator", "elevator", "lift,lifts,elevator,elevators,电梯,直梯,升降机,升降梯,垂直电梯,无障碍电梯", "lift", "电梯"),
    _kind("escalator", "escalator", "escalator,escalators,moving stairs,moving stairway,扶梯,自动扶梯,手扶梯,滚梯,扶手电梯", "escalator", "自动扶梯"),
    _kind("stairs", "stairs", "stairs,stair,staircase,staircases,stairway,steps,楼梯,楼梯间,步梯,楼梯口", "stairs", "楼梯"),
    _kind("emergency_exit", "emergencyexit", "emergency exit,emergency exits,fire exit,fire exits,emergency door,escape route,安全出口,紧急出口,消防出口,逃生门,逃生通道,消防通道", "emergency exit", "安全出口"),
    _kind("entrance", "entry pedestrian.principal", "exit,way out,exits,main exit,entrance,main entrance,front door,main door,front entrance,door out,out,出口,大门,门口,入口,正门,出去的路,出去,主入口,大门口,出入口", "main entrance", "主入口"),
    _kind("information", "information reception.desk library.information", "information desk,info desk,information,info point,help desk,helpdesk,service desk,reception,reception desk,front desk,enquiry desk,inquiry desk,enquiries,librarian's desk,librarian desk,library desk,a librarian,staff,member of staff,someone who works here,human,服务台,咨询台,咨询处,问询处,问讯处,前台,总服务台,总台,接待处,信息台,馆员,工作人员,人工服务", "information desk", "服务台"),
    _kind("copy", "copymachine", "printer,printers,copier,copiers,photocopier,photocopiers,photocopy machine,copy machine,copying machine,scanner,scanners,printing,print,print something,print a document,photocopying,make a copy,make copies,make a photocopy,scan,scan something,printing station,打印机,复印机,扫描仪,打印,复印,扫描,打印处,文印,文印室,复印处,自助打印", "printer and copier", "打印复印机"),
    _kind("power", "powerchargingstation", "charging station,charging point,charger,phone charger,power outlet,power outlets,power socket,power sockets,socket,sockets,outlet,plug,plug socket,charge my phone,charge my laptop,charge,charging,power,充电,没电,手机没电,电脑没电,充个电,充电桩,充电处,充电站,插座,插头,电源,充电宝,手机充电,给手机充电,充电的地方", "charging point", "充电处"),
    _kind("locker", "coinlocker", "locker,lockers,cloakroom,luggage storage,bag storage,leave my bag,leave my luggage,store my bag,coat check,储物柜,寄存柜,存包柜,存包处,寄存处,寄存,存包,放包,存放行李,行李寄存,柜子", "lockers", "存包柜"),
    _kind("aed", "defibrillator", "aed,defibrillator,defib,heart machine,除颤器,除颤仪,自动体外除颤器", "defibrillator", "自动体外除颤器"),
    _kind("first_aid", "firstaid", "first aid,first aid kit,first-aid,medical room,nurse,plaster,急救箱,急救,医务室,急救点,急救包,创可贴", "first aid", "急救点"),
    _kind("fire_extinguisher", "fireextinguisher", "fire extinguisher,extinguisher,灭火器", "fire extinguisher", "灭火器"),
    _kind("vending", "vendingmachine", "vending machine,vending machines,snack machine,drinks machine,buy a snack,自动售货机,售货机,贩卖机,自动贩卖机,买零食", "vending machine", "自动售货机"),
    _kind("atm", "atm", "atm,cash machine,cashpoint,cash point,取款机,自动取款机,提款机", "cash machine", "取款机"),
    _kind("mothers", "mothersroom", "mothers' room,mothers room,mother's room,nursing room,baby room,baby change,baby changing,baby changing room,changing table,breastfeeding room,breastfeed,feed my baby,change my baby,lactation room,母婴室,哺乳室,育婴室,换尿布,喂奶,哺乳", "nursing room", "母婴室"),
    _kind("prayer", "prayerroom", "prayer room,place to pray,pray,praying,multi-faith room,prayer,祷告,祈祷,做礼拜,祈祷室,礼拜室", "prayer room", "祈祷室"),
    _kind("lost", "lostandfound", "lost and found,lost property,lost property office,lost & found,失物招领,失物招领处", "lost property", "失物招领处"),
    _kind("payphone", "payphone phone phone.emergency", "payphone,pay phone,public phone,telephone box,公用电话", "telephone", "公用电话"),
    _kind("self_service", "library.selfservice service kiosk", "self check,self-check,self checkout,self-checkout,self service machine,self-service machine,self service machines,还书,借书,借书还书,self-service,check out machine,borrowing machine,return machine,return books,return a book,return my books,return my book,return these books,book return,returns,book drop,check out books,check out a book,自助借还机,自助机,自助借书机,借还机,自助服务机,自助借还,还书机,还书口,还书处", "self-service machine", "自助借还机"),
    _kind("cafe", "foodservice restaurant cafe coffee", "cafe,café,coffee shop,coffee bar,coffee,cafeteria,canteen,restaurant,snack bar,somewhere to eat,food,buy coffee,get a coffee,buy food,get something to eat,something to eat,eat,hungry,snack,lunch,have lunch,tea,cup of tea,cup of coffee,饿,肚子饿,吃午饭,吃点东西,喝茶,咖啡厅,咖啡馆,咖啡店,咖啡,餐厅,食堂,饮食区,简餐,吃饭,吃东西,吃的,买咖啡,喝咖啡", "café", "咖啡厅"),
    _kind("seat", "seat seating", "seat,seats,somewhere to sit,place to sit,sit down,chair,座位,位子,坐的地方,椅子", "seats", "座位"),
    _kind("study", "library.study", "quiet place,quiet place to study,quiet spot,quiet seat,quiet room,quiet area,place to study,somewhere to study,somewhere quiet,somewhere quiet to study,study area,study space,study,silent room,silent study,silence,work in silence,study in silence,work quietly,read quietly,study quietly,concentrate,work in peace,安静看书,安静学习,安静自习,自习,自习室,自习的地方,学习的地方,安静的地方,安静一点的地方,安静的座位,安静的位置,静音室,自修室", "quiet study room", "自习室", "quiet silent 静音 自习 自修"),
    _kind("children", "library.children", "kids section,kids' section,kids area,kids' area,kids room,kids' room,kids books,kids' books,kids corner,kids,children's section,children's area,children's room,children's books,children's corner,childrens section,childrens area,children section,children area,children's department,儿童区,少儿区,儿童阅览室,儿童馆,少儿馆,儿童图书区,儿童书区,孩子看书的地方,童书区,儿童阅览区,儿童部,少儿图书,儿童图书,童书", "children's library", "少儿阅览区", "children's kids' 少儿 儿童"),
    _kind("sight", "", "盲人阅览室,视障阅览室,盲人阅览", "room for readers with low vision", "视障阅览室", "视障 盲人 braille low-vision"),
    _kind("exhibition", "", "exhibition,exhibitions,exhibit,exhibits,the exhibition,看展,画展,展览,展出", "exhibition", "展览", "exhibition 展览 展厅 gallery-hall"),
    _kind("group", "", "", "group room", "研讨室", "group discussion 研讨室 讨论室"),
    _kind("media", "", "", "multimedia room", "多媒体室", "multimedia media film 多媒体 视听"),
    _kind("recording", "", "", "recording studio", "录音室", "recording 录音"),
    _kind("local", "", "", "local history room", "地方文献室", "history 地方文献 方志"),
    _kind("news", "", "", "newspaper room", "报刊阅览室", "newspaper newspapers periodicals 报刊 期刊"),
    _kind("parking", "parking", "car park,parking,parking lot,parking garage,bike rack,bicycle parking,停车场,停车位,车库,停车", "car park", "停车场"),
)  # fmt: skip

_BY_WORD: dict[str, Kind] = {fold(word): kind for kind in KINDS for word in kind.words}
_NOISE_EN = re.compile(
    r"^(?:(?:the|a|an|any|some|your|i'm|i am|i'm feeling|i feel|so|very|i need to|i want to|have to|need to|my|nearest|closest|public|to|use|using|get|go to|find|somewhere to|a place to|place to|where i can|i can|can i|free|one of the|of)\s+)+|"
    r"\s+(?:please|here|nearby|near me|near here|around here|in here|closest|nearest|on this floor|on this level|available|for me|is|are|machine|area|place|room|facilities)$"
)
_NOISE_ZH = re.compile(
    r"^(?:我|我们|有点|有些|好|很|最近的|附近的|看|卖|提供|买|找|一个|一台|个|台|使用|用|上|去|可以|能|公共|公用|我想|我要|想|要)+|(?:在哪里|哪里|的地方|在哪|的话|用|呢|吗|啊|处|点|的|了|一下)$"
)


def find_kind(phrase: str) -> Kind | None:
    """The kind of thing a phrase names, however it is wrapped ("the nearest loo please"), None when it names none."""
    text = fold(phrase).strip(" ?.!,，。？！")
    for _ in range(4):
        if text in _BY_WORD:
            return _BY_WORD[text]
        shorter = _NOISE_ZH.sub("", _NOISE_EN.sub("", text)).strip()
        if shorter == text or not shorter:
            return None
        text = shorter
    return _BY_WORD.get(text)


def is_kind(category: str, kind: Kind) -> bool:
    """Is an IMDF category of this kind? A stem covers its branches: restroom covers restroom.female."""
    return any(category == c or category.startswith(c + ".") for c in kind.categories)
