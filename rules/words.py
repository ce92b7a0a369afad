"""How numbers and units stand in a document's words: patterns to look for in its cited lines (lower case)."""

from __future__ import annotations

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_ORDINALS = {1: "first|1st", 2: "second|2nd", 3: "third|3rd", 5: "fifth|5th", 10: "tenth|10th"}
# words that carry the number one and the unit together
_EVERY = {
    "days": "daily",
    "weeks": "weekly",
    "months": "monthly",
    "years": "annual|annually|yearly|a year|per year|each year|per annum",
}
_SAME = {  # (number, unit) said as one word
    (2, "weeks"): "fortnight|fortnightly",
    (3, "months"): "quarterly",
    (6, "months"): "half[- ]yearly|twice a year|six[- ]monthly",
    (12, "months"): "annual|annually|yearly|a year|one year",
    (2, "years"): "biennial|biennially|two[- ]yearly",
    (24, "hours"): "one day",
}
_FRACTIONS = {
    0.25: r"¼|1/4|\.25|and a quarter",
    0.5: r"½|1/2|\.50?|and a half",
    0.75: r"¾|3/4|\.75|and three[- ]quarters",
}
_UNITS = {
    "hours": r"hours?|hrs?|hourly",
    "days": r"days?|daily",
    "working_days": r"working[- ]days?|w/?ds?",
    "weeks": r"weeks?|weekly|fortnight\w*",
    "months": r"months?|monthly|quarterly",
    "years": r"years?|yrs?|yearly|annual|annually|per annum|birthday",
}


def in_words(number: int) -> str:
    """Return a number from 0 to 99 in words, as a pattern.

    >>> in_words(45), in_words(7)
    ('forty[- ]five', 'seven')
    """
    if number < len(_WORDS):
        return _WORDS[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens * 10] + (f"[- ]{_WORDS[ones]}" if ones else "")


def number_patterns(amount: float, unit: str) -> list[str]:
    """Return patterns of which one must occur where *amount* of *unit* is set.

    >>> import re
    >>> any(re.search(one, "the group must meet monthly") for one in number_patterns(1, "months"))
    True
    >>> any(re.search(one, "at 15 ¾ years") for one in number_patterns(15.75, "years"))
    True
    >>> any(re.search(one, "within 100 days") for one in number_patterns(10, "days"))
    False
    """
    whole, part = int(amount), amount - int(amount)
    if part:
        return _fractions(whole, part)
    out = [rf"(?<![\d.]){whole}(?![\d.]*\d|\s*[¼½¾])"]
    if whole < 100:
        out.append(rf"\b(?:{in_words(whole)})\b")
    if whole in _ORDINALS:
        out.append(rf"\b(?:{_ORDINALS[whole]})\b")
    if whole == 1:
        out.append(rf"\b(?:{_EVERY.get(unit, 'daily')}|an? {_UNITS[unit].split('?')[0]}|next working day|every)\b")
    if (whole, unit) in _SAME:
        out.append(rf"\b(?:{_SAME[whole, unit]})\b")
    return out


def _fractions(whole: int, part: float) -> list[str]:
    months = round(part * 12)
    words = in_words(whole) if whole < 100 else str(whole)
    month_words = rf"(?:{months}|{in_words(months)})\s*(?:months?|mths?)"
    out = [rf"\b(?:{whole}|{words})\s*(?:years?|yrs?)?,?\s*(?:and\s*)?{month_words}"]
    out.append(rf"{month_words} after (?:the|their|his|her) {whole}(?:th)? birthday")
    if part in _FRACTIONS:
        out.append(rf"\b(?:{whole}|{words})\s*(?:{_FRACTIONS[part]})")
    return out


def unit_patterns(unit: str) -> list[str]:
    """Return patterns of which one must occur where a limit counts in *unit*.

    A bare "days" is not to be found inside "working days" alone.

    >>> import re
    >>> re.search(unit_patterns("days")[0], "within 5 working days") is None
    True
    """
    if unit == "days":
        return [r"(?<!working )(?<!working-)(?<![a-z])(?:days?|daily)\b"]
    return [rf"(?<![a-z])(?:{_UNITS[unit]})\b"]  # "24hrs" has no word boundary between
