"""Invented names: organisations (every one carries the word 示例), people and projects."""

from __future__ import annotations

from random import Random

STEMS = ["澄川", "砚禾", "屿桥", "沐岚", "谷雨", "青篱", "汀舟", "朗岸", "望潮", "知衡", "启岩", "云麓", "墨舟", "星榕", "禾序", "远帆", "晴屿", "拓原", "映山", "竹里", "潮歌", "方屿", "北榕", "川行", "林溪", "乐川", "明砾", "安澜", "木棉", "海序", "叠翠", "长汀", "渡云", "晨砺", "榕光", "新礁", "泊岸", "丰序", "白鹭", "蓝湾"]

INDUSTRY_WORDS = {
    "electronics": "电子",
    "appliance": "智能家居",
    "automotive": "汽车零部件",
    "materials": "新材料",
    "textile": "卫浴",
    "software": "软件",
    "biomedicine": "健康科技",
    "agriculture": "食品",
    "equipment": "智能装备",
    "robot": "机器人",
    "energy": "新能源",
    "safety": "环保科技",
    "laser": "激光",
    "instrument": "精密仪器",
}

PROJECTS = {
    "electronics": ["高频覆铜板低损耗树脂体系", "多层柔性线路板盲孔填镀方法", "车载摄像头模组主动对位装置", "片式电容叠层错位检测系统", "微型连接器端子共面度控制方法"],
    "appliance": ["厨电燃烧噪声主动抑制系统", "净水机浓水回用与水垢监测装置", "变频风扇低频颤振抑制方法", "智能锁多模态活体识别方法", "嵌入式蒸箱温湿双闭环控制"],
    "automotive": ["轨道车辆车门锁闭机构故障早期预警方法", "摩托车电喷系统冷启动自学习方法", "镁合金轮毂半固态成形与缺陷在线检测", "制动盘热裂纹在线识别系统", "商用车轴承密封失效预测装置"],
    "materials": ["水性木器漆用自交联乳液及其制备方法", "可降解薄膜连续成膜与厚度自校正", "无铅易切削卫浴铜合金及短流程制备工艺", "耐候性粉末涂料低温固化体系", "再生聚酰胺纤维增韧改性方法"],
    "textile": ["恒温龙头陶瓷阀芯自润滑结构", "薄壁不锈钢管激光焊接质量闭环控制方法", "牛仔布无水洗旧工艺与装备", "淋浴系统余热回收装置", "不锈钢餐具镜面抛光轨迹规划"],
    "software": ["五金产线多源异构数据建模平台", "小微工厂排产约束自动提取方法", "模具寿命预测与备件协同系统", "工业图像小样本缺陷生成方法"],
    "biomedicine": ["中药渗漉提取终点在线判别方法", "微创手术缝合针姿态识别系统", "医用敷料渗液量无源传感方法", "柑橘类黄酮酶法定向转化工艺"],
    "agriculture": ["陈皮仓储陈化环境智能调控与品质溯源", "水产养殖尾水多级净化与循环回用装置", "马冈鹅屠宰分级视觉系统", "鳗鱼配合饲料诱食组合物", "茶枝柑采后机械取肉取皮装置", "丝苗米糊化特性快速评价方法"],
    "equipment": ["纸浆模塑整线节能热压装备", "高速包装机伺服同步容错控制", "动力电池隔膜涂布厚度在线测量装置", "大型船用舵机密封试验台", "数控折弯机回弹自适应补偿"],
    "robot": ["打磨机器人恒力末端执行器", "协作臂碰撞检测无传感方法", "复杂腔体喷涂轨迹自动生成", "仓储机器人货箱姿态纠偏方法"],
    "energy": ["锂电回收黑粉选择性浸出工艺", "储能电站电芯一致性在线评估", "光伏组件清扫机器人跨板结构", "磷酸锰铁锂前驱体连续合成"],
    "safety": ["印染污泥低温干化除臭系统", "危废暂存库早期火情识别方法", "餐饮油烟低阻高效捕集装置", "河涌底泥原位修复材料"],
    "laser": ["全光谱植物照明光配方与自适应控制系统", "激光熔覆粉斑耦合监测方法", "超快激光玻璃打孔裂纹抑制"],
    "instrument": ["大桥索力振动在线监测仪", "低浓度挥发物阵列传感校准方法", "齿轮微点蚀光学检测装置"],
}

SURNAMES = "陈梁黄李林吴张何周谭区冯邓叶余关伍甄司徒潘温黎许赵汤容"
GIVEN = ["一鸣", "文澜", "书航", "思远", "嘉禾", "景行", "若谷", "子墨", "亦舟", "怀瑾", "予安", "知微", "清越", "明哲", "以宁", "望舒", "乐天", "修远", "可心", "牧之", "锦程", "海晏"]

PART_WORDS = ["方法", "装置", "系统", "结构", "控制方法", "检测方法", "工艺", "设备", "组件", "夹具"]


def organisation_name(kind: str, index: int, industry: str) -> str:
    """The name of organisation number `index` (from 0); distinct for distinct indices."""
    stem = STEMS[index % len(STEMS)] + ("" if index < len(STEMS) else "联" if index < 2 * len(STEMS) else "汇")
    if kind == "university":
        return f"示例{stem}大学"
    if kind == "research_institute":
        return f"示例{stem}研究院"
    return f"江门示例{stem}{INDUSTRY_WORDS[industry]}有限公司"


def person_name(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(GIVEN)


def short_name(title: str) -> str:
    """At most eight characters of a title, for the big screen."""
    return title[:8]


def patent_titles(random: Random, title: str, count: int) -> list[str]:
    """`count` distinct titles around a project."""
    core = f"一种{title}" if not title.startswith("一种") else title
    stem = title.rstrip("方法装置系统工艺")
    pool = [f"一种用于{stem}的{part}{word}" for part in ("", "在线", "节能型", "模块化", "自校准", "多级") for word in PART_WORDS]
    return [core, *random.sample(pool, count - 1)]
