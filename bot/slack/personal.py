"""Personal details do not belong in Slack: found, taken out before anything else sees the words, and never kept.

Only patterns that are plainly personal are taken out, so that ordinary questions go through untouched:

>>> scrub("ICPC for YK-0417 was on 2 April 2026, when is the first core group due? S47 1st")
Scrubbed(text='ICPC for YK-0417 was on 2 April 2026, when is the first core group due? S47 1st', found=())
>>> hidden = scrub("Jamie Sample dob 12/03/2014 of 14 Invented Lane YO1 9ZZ, visit due?")
>>> hidden.text
'the child dob 12/03/2014 of […] […], visit due?'
>>> hidden.found
('an address', 'a postcode', 'a name with a date of birth')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_NHS = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_NI = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.I)
_PHONE = re.compile(r"(?<![\w/-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)[1-9](?:[\s()-]{0,2}\d){8,9}(?![\w/])")
_POSTCODE = re.compile(
    r"\b(?!S(?:17|20|31|47)\s)(?:GIR|[A-Z]{1,2}\d[A-Z\d]?)\s?(?!1st|2nd|3rd|\dth|\dwd)\d[ABD-HJLNP-UW-Z]{2}\b", re.I
)
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent|Court|Way|Place|Terrace|Gardens|Grove|Walk|Row|Mews)"
)
_ADDRESS = re.compile(rf"\b(?:[Ff]lat \d+\w?,? )?\d{{1,4}}[a-zA-Z]?,? (?:[A-Z][a-z']+ ){{1,3}}{_STREET}\b")
_LOWER_ADDRESS = re.compile(r"\b\d{1,4}[a-z]? [a-z']+ (?:street|avenue|crescent|terrace)\b", re.I)
# from where such a run of characters begins: tried from each of its characters, forty thousand would take a minute
_EMAIL = re.compile(r"(?:<mailto:)?(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w(?:\|[^>]*>)?")

_PERSON = r"(?P<person>[A-Z][a-z]+(?:[-'][A-Z][a-z]+)? [A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)?)"
_BIRTH = r"(?:dob|d\.o\.b\.?|date of birth|born(?: on)?)"
_NAME_THEN_BIRTH = re.compile(rf"\b{_PERSON}\b(?=[^.?!\n]{{0,30}}?\b(?i:{_BIRTH})\b\W{{0,3}}\d)")
_BIRTH_THEN_NAME = re.compile(rf"\b(?i:{_BIRTH})\W{{0,3}}\d[\w/. -]{{5,18}}?,? (?:(?:is|was|for) )?{_PERSON}\b")
_DAY = r"\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?[ /.-]*(?:\d{1,2}|[A-Za-z]{3,9})(?:[ /.,-]*\d{2,4})?"
_BIRTHDAY = re.compile(rf"\b((?i:{_BIRTH})\W{{0,3}})(?:{_DAY})")
_FIELD_WORDS = frozenset(
    "Child Children Core Group Care Plan Looked After Social Worker Case Initial Review Conference Protection Single"
    " Assessment Strategy Discussion Personal Adviser Pathway When What Who How The Our My Is Was Young Person Practice"
    " January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday".split()
)


@dataclass(frozen=True)
class Scrubbed:
    """Words without personal details, and which kinds were in them."""

    text: str
    found: tuple[str, ...]


def scrub(text: str) -> Scrubbed:
    """Take personal details out of *text*: the rest stays as it was, so that the question can still be answered."""
    found: list[str] = []

    def replace(kind: str, pattern: re.Pattern[str], keep: Callable[[str], bool] = lambda words: True) -> None:
        nonlocal text

        def hide(match: re.Match[str]) -> str:
            if not keep(match.group()):
                return match.group()
            if kind not in found:
                found.append(kind)
            return "[…]"

        text = pattern.sub(hide, text)

    replace("an NHS number", _NHS, _is_nhs_number)
    replace("a National Insurance number", _NI)
    replace("a telephone number", _PHONE)
    replace("an e-mail address", _EMAIL)
    replace("an address", _ADDRESS)
    replace("an address", _LOWER_ADDRESS)
    replace("a postcode", _POSTCODE)
    text = _without_names(text, found)  # last: the name of a street is not a person's
    return Scrubbed(text, tuple(found))


def without_birthdays(text: str) -> str:
    """Words in which no date of birth is left, to be kept: an answer may rest on one, a list of gaps never does.

    >>> without_birthdays("the child, dob 12/03/2014, ICPC 2 April")
    'the child, dob […], ICPC 2 April'
    """
    return _BIRTHDAY.sub(r"\1[…]", text)


def _without_names(text: str, found: list[str]) -> str:
    for pattern in (_NAME_THEN_BIRTH, _BIRTH_THEN_NAME):
        for match in reversed(list(pattern.finditer(text))):
            if _FIELD_WORDS.isdisjoint(match["person"].split()):
                text = text[: match.start("person")] + "the child" + text[match.end("person") :]
                if "a name with a date of birth" not in found:
                    found.append("a name with a date of birth")
    return text


def _is_nhs_number(text: str) -> bool:
    """The last of its ten digits is a check digit (modulus 11), so that a date or a reference is rarely taken for one.

    >>> _is_nhs_number("943 476 5919"), _is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(char) for char in text if char.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return (0 if check == 11 else check) == digits[9]
