"""Industries: the twenty industrial clusters of Guangdong (ten pillar, ten emerging)."""

INDUSTRIES = [
    ("electronics", "新一代电子信息"),
    ("petrochemical", "绿色石化"),
    ("appliance", "智能家电"),
    ("automotive", "汽车产业"),
    ("materials", "先进材料"),
    ("textile", "现代轻工纺织"),
    ("software", "软件与信息服务"),
    ("video", "超高清视频显示"),
    ("biomedicine", "生物医药与健康"),
    ("agriculture", "现代农业与食品"),
    ("semiconductor", "半导体与集成电路"),
    ("equipment", "高端装备制造"),
    ("robot", "智能机器人"),
    ("blockchain", "区块链与量子信息"),
    ("frontier", "前沿新材料"),
    ("energy", "新能源"),
    ("laser", "激光与增材制造"),
    ("creative", "数字创意"),
    ("safety", "安全应急与环保"),
    ("instrument", "精密仪器设备"),
]
