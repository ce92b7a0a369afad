"""Whether a reference is one that may be kept: opaque, and nobody's name, number or date of birth."""

from __future__ import annotations

import re
from datetime import date

from bot.messages import casefiles as say

LONGEST = 40
_REFERENCE = re.compile(r"[A-Z0-9/-]*\d[A-Z0-9/-]*", re.IGNORECASE | re.ASCII)
_WORD = re.compile(r"[A-Z][a-z]{2,}|[a-z]{5,}", re.ASCII)  # Smith, or smith; not YK, CHILD or yk
_NATIONAL_INSURANCE = re.compile(r"[A-Z]{2}\d{6}[A-D]", re.IGNORECASE | re.ASCII)
_PUPIL_NUMBER = re.compile(r"[A-Z]\d{11}[A-Z0-9]", re.IGNORECASE | re.ASCII)
_TELEPHONE = re.compile(r"0\d{9,10}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})|(\d{4})[/-](\d{1,2})[/-](\d{1,2})", re.ASCII)
_OLDEST = 1900


def why_not(reference: str, today: date) -> str | None:
    """Return why *reference* may not be kept, or None where it may.

    >>> today = date(2026, 11, 25)
    >>> why_not("YK-0417", today) is None, why_not("10012345", today) is None
    (True, True)
    >>> why_not("Sample", today)
    'it could be a name: a reference has a digit in it'
    >>> why_not("943 476 5919", today), why_not("20120312", today)
    ('it could be an NHS number', 'it could be a date of birth')
    """
    plain = reference.replace(" ", "")
    if _is_nhs_number(plain.replace("-", "")):
        return say.could_be(say.NHS_NUMBER)
    if _NATIONAL_INSURANCE.fullmatch(plain):
        return say.could_be(say.NATIONAL_INSURANCE)
    if _PUPIL_NUMBER.fullmatch(plain):
        return say.could_be(say.PUPIL_NUMBER)
    if _TELEPHONE.fullmatch(plain):
        return say.could_be(say.TELEPHONE)
    if _is_day(plain, today):
        return say.could_be(say.DATE_OF_BIRTH)
    if not any(letter.isdigit() for letter in reference) or _WORD.search(reference):
        return say.could_be_a_name(has_digit=any(letter.isdigit() for letter in reference))
    if not _REFERENCE.fullmatch(reference):
        return say.reference_letters()
    return say.reference_long(LONGEST) if len(reference) > LONGEST else None


def _is_nhs_number(text: str) -> bool:
    """Ten digits whose last is the check digit."""
    if not re.fullmatch(r"\d{10}", text, re.ASCII):
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11
    return check % 11 == int(text[9])


def _is_day(text: str, today: date) -> bool:
    """A day up to today, written with strokes or dashes, or as eight digits either way round."""
    match = _DAY.fullmatch(text)
    if match:
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        return any(_exists(int(year) + more, int(month), int(day), today) for more in (0, 1900, 2000))
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return False
    forwards = _exists(int(text[:4]), int(text[4:6]), int(text[6:]), today)
    return forwards or _exists(int(text[4:]), int(text[2:4]), int(text[:2]), today)


def _exists(year: int, month: int, day: int, today: date) -> bool:
    try:
        return year >= _OLDEST and date(year, month, day) <= today
    except ValueError:
        return False
