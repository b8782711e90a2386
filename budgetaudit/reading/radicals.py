"""Characters that look like others: CJK radicals and full-width or compatibility forms.

Some fonts' ToUnicode maps name the radical where the ideograph is meant. NFKC maps the Kangxi radicals and only two of
the radicals supplement; the rest is listed here. Everything is one character to one character, so places stay true.
"""

from __future__ import annotations

import unicodedata

# CJK radicals supplement (U+2E80-2EF3) to the ideograph of the same shape; a lone component is never what a
# disclosure means.
_SUPPLEMENT = {
    "⺀": "冫", "⺁": "厂", "⺂": "乙", "⺃": "乚", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺇": "几", "⺈": "刀",
    "⺉": "刂", "⺊": "卜", "⺋": "㔾", "⺌": "小", "⺍": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺑": "尢",
    "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡",
    "⺜": "日", "⺝": "月", "⺞": "歹", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺", "⺣": "灬", "⺤": "爫",
    "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻",
    "⺮": "竹", "⺯": "糹", "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "网", "⺴": "网", "⺵": "网", "⺶": "羊",
    "⺷": "羊", "⺸": "羊", "⺹": "老", "⺺": "聿", "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹",
    "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "西", "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "讠",
    "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長",
    "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页",
    "⻛": "风", "⻜": "飞", "⻝": "食", "⻞": "食", "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨",
    "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐",
    "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip

# Kangxi radicals whose NFKC target is the traditional form that simplified text prints otherwise.
_SIMPLIFIED = {"⼾": "户", "戶": "户"}

_OTHERS = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\ufe63": "-", "\uff0d": "-",
    # pdfium marks a hyphen at a line's end with one of these two.
    "\u0002": "-", "\ufffe": "-",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\ufeff": " ",
}  # fmt: skip


def _table() -> dict[int, str]:
    # Lone surrogates, which broken fonts yield, are no characters and cannot be written anywhere.
    table = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFAE0)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    # Full-width letters and digits and the signs that figures are made of; Chinese punctuation stays as printed.
    for code in range(0xFF01, 0xFF5F):
        plain = chr(code - 0xFEE0)
        if plain.isalnum() or plain in "+-.%":
            table[code] = plain
    for source in (_SUPPLEMENT, _SIMPLIFIED, _OTHERS):
        table.update({ord(key): value for key, value in source.items()})
    return table


TABLE = _table()
"""For str.translate: code point -> the one character that is meant."""


def plain(text: str) -> str:
    """The text with look-alikes replaced; its length does not change."""
    return text.translate(TABLE)


def is_unreadable(char: str) -> bool:
    """True for U+FFFD and private use: a font without a usable map to Unicode."""
    code = ord(char)
    return code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code >= 0xF0000
