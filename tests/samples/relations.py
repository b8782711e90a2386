"""What must hold in each sample, written down by hand: columns, rows and tables by their keys."""

from __future__ import annotations

NATURE = [("total", ["basic", "project"])]
NATURE_OF_THREE = [("total", ["basic", "project"]), ("basic", ["personnel", "public"])]
PERSONNEL_PUBLIC = [("total", ["personnel", "public"])]
VEHICLES = [("vehicles", ["purchase", "running"]), ("total", ["abroad", "vehicles", "reception"])]

# Which columns of a row add up, by layout and table.
ROW_SUMS: dict[str, dict[str, list[tuple[str, list[str]]]]] = {
    "columns": {
        "income": [
            ("fiscal", ["general", "government", "capital"]),
            ("total", ["fiscal", "special", "own", "carry", "carry_own"]),
        ],
        "expenditure": NATURE,
        "fiscal": [("total", ["general", "government", "capital"])],
        "general": NATURE,
        "basic": PERSONNEL_PUBLIC,
        "projects": [("total", ["301", "302", "303", "310"])],
        "three-public": [("total", ["general", "government", "capital"])],
        "commissioned": [("total", ["general", "government", "capital"])],
        "carried": [
            ("fiscal", ["fiscal-personnel", "fiscal-public", "fiscal-project"]),
            ("own", ["own-personnel", "own-public", "own-project"]),
            ("total", ["fiscal", "own"]),
        ],
    },
    "yuan": {
        "income": [("total", ["fiscal", "business", "operating", "other"])],
        "expenditure": NATURE,
        "fiscal": [("total", ["general", "government", "capital"])],
        "general": NATURE,
        "basic": PERSONNEL_PUBLIC,
        "three-public": VEHICLES,
    },
    "codename": {
        "income": [
            ("year", ["general", "government", "capital", "special", "own"]),
            ("carried", ["carry", "carry_own"]),
            ("total", ["year", "carried"]),
        ],
        "expenditure": [("total", ["basic", "project", "operating", "upward", "downward"])],
        "general": NATURE_OF_THREE,
        "basic": PERSONNEL_PUBLIC,
        "government": NATURE,
        "three-public": VEHICLES,
        "projects": [("total", ["general", "government", "capital", "own", "carry"])],
    },
    "final": {
        "income": [
            ("total", ["fiscal", "superior", "business", "operating", "subordinate", "other"]),
        ],
        "expenditure": [("total", ["basic", "project", "upward", "operating", "downward"])],
        "fiscal": [("total", ["general", "government", "capital"])],
        "general": NATURE,
        "three-public": [
            (f"{side}-{whole}", [f"{side}-{part}" for part in parts])
            for side in ("planned", "spent")
            for whole, parts in VEHICLES
        ],
        "government": NATURE,
    },
    "cascade": {
        "income": [("total", ["general", "government", "capital", "special", "own"])],
        "expenditure": NATURE,
        "general": NATURE_OF_THREE,
        "basic": PERSONNEL_PUBLIC,
        "three-public": VEHICLES,
        "projects": [("total", ["general", "government", "capital", "own"])],
    },
    "numbered": {
        "income": [("total", ["general", "government", "capital", "other", "carry"])],
        "expenditure": NATURE,
        "general": NATURE,
        "basic": PERSONNEL_PUBLIC,
        "projects": [("total", ["general", "carry"])],
    },
}

# Which printed rows of a column add up: (table, column, whole, parts).
COLUMN_SUMS: dict[str, list[tuple[str, str, str, list[str]]]] = {
    "columns": [
        ("overview", "received", "本年收入", ["一般", "基金", "国资", "专户", "单位资金"]),
        ("overview", "received", "结转", ["财政结转", "非财政结转"]),
        ("overview", "received", "收入总计", ["本年收入", "结转"]),
        ("fiscal", "received", "财政拨款", ["一般公共预算", "政府性基金预算", "国有资本经营预算"]),
        ("three-public", "total", "公车", ["购置", "运行"]),
        ("three-public", "total", "合计", ["出国", "接待", "公车"]),
        ("three-public", "general", "公车", ["购置", "运行"]),
        ("three-public", "general", "合计", ["出国", "接待", "公车"]),
    ],
    "yuan": [
        ("overview", "received", "财政拨款", ["一般", "基金", "国资"]),
        ("overview", "received", "收入总计", ["财政拨款", "事业", "经营", "其他"]),
        ("fiscal", "received", "收入总计", ["一般公共预算", "政府性基金预算", "国有资本经营预算"]),
    ],
    "codename": [
        (
            "overview",
            "received",
            "本年收入合计",
            ["一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款", "财政专户管理资金", "单位资金"],
        ),
        ("overview", "received", "收入总计", ["本年收入合计", "上年结转结余"]),
        ("overview", "spent", "支出总计", ["本年支出合计", "年终结转结余"]),
        ("fiscal", "received", "收入总计", ["本年收入合计", "上年结转结余"]),
        ("fiscal", "spent", "支出总计", ["本年支出合计", "年终结转结余"]),
        ("procurement", "total", "合计", ["A", "B", "C"]),
    ],
    "final": [
        (
            "overview",
            "received",
            "本年收入合计",
            ["一般", "基金", "国资", "上级", "事业", "经营", "附属", "其他"],
        ),
        ("overview", "received", "收入总计", ["本年收入合计", "使用结余", "年初结转"]),
        ("overview", "spent", "支出总计", ["本年支出合计", "结余分配", "年末结转"]),
        ("fiscal", "received", "收入总计", ["本年收入合计", "年初结转"]),
        ("fiscal", "total", "支出总计", ["本年支出合计", "年末结转"]),
        ("fiscal", "general", "支出总计", ["本年支出合计", "年末结转"]),
        ("fiscal", "government", "支出总计", ["本年支出合计", "年末结转"]),
        ("basic", "amount1", "人员经费合计", ["301", "303"]),
    ],
    "cascade": [
        ("overview", "received", "财政拨款", ["一般", "基金", "国资"]),
        ("overview", "received", "收入总计", ["财政拨款", "专户", "单位资金"]),
    ],
    "numbered": [
        ("overview", "received", "收入总计", ["本年收入合计", "上年结转"]),
        ("overview", "spent", "支出总计", ["本年支出合计", "结转下年"]),
        ("fiscal", "received", "收入总计", ["本年收入合计", "上年结转"]),
        ("three-public", "total", "公车", ["购置", "运行"]),
        ("three-public", "total", "合计", ["出国", "公车", "接待"]),
    ],
}

# The same figure printed in two tables: (table, row, column) twice, by layout.
Spot = tuple[str, str, str]
SAME: dict[str, list[tuple[Spot, Spot]]] = {
    "columns": [
        (("overview", "收入总计", "received"), ("overview", "支出总计", "spent")),
        (("overview", "收入总计", "received"), ("income", "合计", "total")),
        (("overview", "财政结转", "received"), ("income", "合计", "carry")),
        (("overview", "非财政结转", "received"), ("income", "合计", "carry_own")),
        (("income", "合计", "total"), ("expenditure", "合计", "total")),
        (("general", "合计", "total"), ("fiscal", "支出总计", "general")),
        (("general", "合计", "basic"), ("basic", "合计", "total")),
        (("general", "合计", "project"), ("projects", "合计", "total")),
        (("carried", "合计", "fiscal"), ("income", "合计", "carry")),
    ],
    "yuan": [
        (("overview", "收入总计", "received"), ("overview", "支出总计", "spent")),
        (("overview", "支出总计", "spent"), ("income", "合计", "total")),
        (("income", "合计", "total"), ("expenditure", "合计", "total")),
        (("fiscal", "支出总计", "general"), ("general", "合计", "total")),
        (("general", "合计", "basic"), ("basic", "合计", "total")),
        (("income", "2040605", "total"), ("expenditure", "2040605", "total")),
        (("income", "2040607", "total"), ("expenditure", "2040607", "total")),
    ],
    "codename": [
        (("overview", "收入总计", "received"), ("overview", "支出总计", "spent")),
        (("overview", "收入总计", "received"), ("income", "合计", "total")),
        (("income", "合计", "total"), ("expenditure", "合计", "total")),
        (("expenditure", "合计", "project"), ("projects", "合计", "total")),
        (("general", "合计", "basic"), ("basic", "合计", "total")),
        (("government", "2082201", "total"), ("expenditure", "2082201", "total")),
        (("government", "2082202", "total"), ("expenditure", "2082202", "total")),
    ],
    "final": [
        (("overview", "本年收入合计", "received"), ("income", "合计", "total")),
        (("overview", "本年支出合计", "spent"), ("expenditure", "合计", "total")),
        (("fiscal", "本年支出合计", "general"), ("general", "合计", "total")),
        (("fiscal", "本年支出合计", "government"), ("government", "合计", "total")),
        (("overview", "收入总计", "received"), ("overview", "支出总计", "spent")),
    ],
    "cascade": [
        (("overview", "收入总计", "received"), ("income", "合计", "total")),
        (("income", "合计", "total"), ("expenditure", "合计", "total")),
        (("general", "合计", "basic"), ("basic", "合计", "total")),
        (("expenditure", "合计", "project"), ("projects", "合计", "total")),
        (("fiscal", "支出总计", "spent"), ("general", "合计", "total")),
        (("fiscal", "210", "spent"), ("overview", "210", "spent")),
    ],
    "numbered": [
        (("overview", "收入总计", "received"), ("overview", "支出总计", "spent")),
        (("overview", "收入总计", "received"), ("income", "合计", "total")),
        (("expenditure", "合计", "total"), ("overview", "支出总计", "spent")),
        (("expenditure", "合计", "project"), ("projects", "合计", "total")),
        (("general", "合计", "basic"), ("basic", "合计", "total")),
    ],
}

# Tables whose rows form a tree of codes or numbers that covers the whole table.
TREES: dict[str, tuple[str, ...]] = {
    "columns": ("income", "expenditure", "general", "basic"),
    "yuan": ("income", "expenditure", "general", "basic"),
    "codename": ("income", "expenditure", "general", "government"),
    "final": ("income", "expenditure", "general", "government"),
    "cascade": ("expenditure", "general", "basic"),
    "numbered": ("expenditure", "general"),
}

# Tables whose rows are a plain list under or above one total.
LISTS: dict[str, tuple[str, ...]] = {
    "columns": ("projects", "commissioned", "carried"),
    "codename": ("basic", "projects"),
    "cascade": ("projects",),
    "numbered": ("projects",),
}
