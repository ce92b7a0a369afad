"""What a question holds: dates, how-many-th, council, what sort of answer is wanted. No search, no rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.asker import Asker
from bot.answers.councils import mentioned
from bot.answers.dates import ReadDate, read_dates

MOST_CHARACTERS = 2_000

_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6}
_ORDINAL = "|".join(_ORDINALS)
_AFTER_NEXT = re.compile(r"\b(?:after next|next but one)\b", re.IGNORECASE)
_NTH_AFTER = re.compile(
    rf"\b(?P<nth>{_ORDINAL})\s+(?:[\w-]+\s+){{0,4}}?(?:after|from|following)\s+(?:that|this|now|then|it|the last)\b",
    re.IGNORECASE,
)
_WANTS_TIME = re.compile(
    r"\b(when|how (?:long|often|soon|quick(?:ly)?|fast|frequent(?:ly)?|late|many (?:days|weeks|months|hours|working"
    r"|times))|by when|deadlines?|time ?(?:scale|frame|limit)s?|due|over ?due|frequency|at what age|what age"
    r"|latest|last day|max(?:imum)? time|within|timing|what date|how old|days? (?:have|do) (?:i|we)|how much time"
    r"|time have)\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(compare[ds]?|comparison|(?:how|what)(?: \w+){0,2} other (?:councils|authorities|las)"
    r"|(?:than|in|across) other (?:councils|authorities|las)|across (?:the )?councils|which council"
    r"|which authority|every council|(?:all|both|between) (?:the |two |three |four |five )?councils|different councils"
    r"|who (?:\w+ ){1,4}(?:most|least|more|less) often|who visits most"
    r"|who(?:'s| is| has| gives| sets) the (?:strictest|tightest|quickest|shortest|longest|fastest|slowest))\b",
    re.IGNORECASE,
)
_COMPARING = re.compile(  # said of the comparison, not of what is compared
    r"\b(?:compare[ds]?|comparison|(?:other|every|which|(?:across|between|all|both|different) (?:the |\w+ )?)"
    r" ?(?:councils?|authorit(?:y|ies)|las)|most often|across|(?:has|have|sets?|gives?|allows?)? ?the"
    r" (?:strict|tight|quick|short|long|fast|slow)est)\b",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"^\W*(?:(?P<next>(?:and|so|then)?\s*(?:what about |when(?:'s| is) )?(?:the )?(?:next one|one after(?: that)?"
    r"|next|following one))|(?P<whatif>(?:and |so )?(?:what if|if|but if|what about if|suppose)\b.*)"
    r"|(?P<council>(?:and |what about |how about )(?:in |for )?(?P<place>[A-Za-z ]{3,30}))"
    r"|(?P<why>why\??|how (?:come|do you get that)|show (?:me )?(?:the )?working|working))\W*$",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"\b(?:in (?:immediate|imminent) danger|(?:is|are) (?:being )?(?:beat(?:en|ing)|hurt|hurting|attack(?:ed|ing)"
    r"|hit(?:ting)?|punch\w+|kick\w+|chok\w+|burn(?:ed|ing|t)|bleeding|strangl\w+|stabb\w+)\b"
    r".{0,40}\b(?:right now|now|as we speak)|not breathing|unconscious|taken an overdose"
    r"|overdosed|going to kill|trying to kill|threatening to kill|has a knife|suicid\w+|call (?:999|the police) now)\b",
    re.IGNORECASE,
)
_JUDGEMENT = re.compile(
    r"\b(?:should (?:i|we) (?:remove|take (?:him|her|them|the (?:child|kids?|baby))|close (?:this|the) case"
    r"|believe|return (?:him|her|them)|put (?:him|her|them) on|step (?:this|them) down|escalate (?:this|him|her))"
    r"|do you (?:think|believe|reckon)|in your (?:view|opinion)|what would you do"
    r"|is (?:mum|dad|the mother|the father|she|he) (?:lying|dangerous|guilty|a risk|safe)"
    r"|is (?:this|the|my) (?:child|baby|kid|boy|girl|family) (?:safe|at risk|neglected|abused|in danger)"
    r"|(?:was|were) (?:it|the (?:worker|manager)) (?:negligent|to blame)|whose fault)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:can (?:we|they|i|the council) (?:be )?sue[ds]?|legal advice|is (?:it|that|this) (?:legal|illegal|lawful"
    r"|unlawful|against the law)|will (?:the )?(?:judge|court) (?:grant|agree|accept)|human rights claim"
    r"|would (?:it|this) stand up in court)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:placed|placements?|li(?:ves?|ving|ved)|mov(?:es?|ed|ing)|stay\w*|based|born|schools?|college|carers?|homes?"
    r"|house|flat|resid\w+|gone|went|go(?:es|ing)?|found|hospital|prison|address|works?|working|job|family|relatives"
    r"|nan|gran\w*|aunt\w*|uncle|father|mother|dad|mum|partner|friends?"
    r"|(?:he|she|they|who|child|children|kids?|baby|boy|girl|yp)(?:'s|'re|\s+is|\s+are|\s+was)?)"
    r"(?:\s+\w+)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """A question, read. `words` are what is searched for: the text without dates and councils' names."""

    text: str
    words: str
    dates: tuple[ReadDate, ...]
    nth: int | None
    council: str | None  # named in the words, if just one is
    councils: tuple[str, ...]  # all that are named, of those loaded
    unloaded: tuple[str, ...]  # names of councils in a comparison that are not loaded
    wants_time: bool
    compare: bool
    follow: str | None  # next | whatif | council | why
    out_of_scope: str | None  # emergency | judgement | legal


_SHORTHAND = {
    "shd": "should",
    "shld": "should",
    "u": "you",
    "ur": "your",
    "pls": "please",
    "plz": "please",
    "w/o": "without",
}
_SHORT = re.compile(r"(?<![\w/])(" + "|".join(map(re.escape, _SHORTHAND)) + r")(?![\w/])", re.IGNORECASE)


def spelt_out(text: str) -> str:
    """Return *text* with what people shorten when they type on a telephone written out.

    >>> spelt_out("shd I visit w/o mum")
    'should I visit without mum'
    """
    return _SHORT.sub(lambda match: _SHORTHAND[match.group().lower()], text)


def clean(text: str) -> str:
    """Return *text* with control characters and Slack's mark-up taken out, white space folded.

    >>> clean("when\\x00 is <@U123> the\\u2028core <!channel> group")
    'when is the core group'
    """
    text = re.sub(r"<(?:[@#!][^>]*|https?://[^>]*)>", " ", text)
    kept = (" " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in text)
    return " ".join("".join(kept).replace("’", "'").split())


def read_question(text: str, asker: Asker, councils: Mapping[str, str]) -> Question:
    """Read *text*; *councils* maps ids to names as written ("york" → "York").

    Raises:
        DateUnclear: a date in it cannot be read for certain.

    >>> from datetime import datetime
    >>> who = Asker("york", datetime(2026, 11, 24))
    >>> question = read_question("Stat visit 30 Jan 2026, when is the third visit from now due?", who, {"york": "York"})
    >>> question.nth, question.wants_time, question.words
    (3, True, 'Stat visit , when is the third visit from now due?')
    """
    text = spelt_out(clean(text))
    scope = out_of_scope(text)
    start = asker.context.start if asker.context else None
    anchor = _day(start)
    dates = () if scope else read_dates(text, asker.today, asker.locale, anchor)
    named = _councils(text, councils, asker.council)
    words = text
    for one in reversed(dates):
        words = words[: one.start] + words[one.end :]
    compare = bool(_COMPARE.search(text)) or len(named) > 1
    unloaded = tuple(name for name in mentioned(text) if name not in councils.values()) if compare else ()
    words = _without_councils(words, [*(councils[key] for key in named), *unloaded], compare)
    follow = _FOLLOW.match(text) if asker.context and (asker.context.rule or asker.context.entry) else None
    kind = next((name for name in ("next", "whatif", "council", "why") if follow and follow[name]), None)
    council = named[0] if len(named) == 1 else None
    return Question(
        text=text,
        words=" ".join(words.split()),
        dates=dates,
        nth=read_nth(text),
        council=council,
        councils=named,
        unloaded=unloaded,
        wants_time=bool(_WANTS_TIME.search(text)) or bool(dates),
        compare=compare,
        follow=kind if kind != "council" or council else None,
        out_of_scope=scope,
    )


def _day(start: str | None) -> date | None:
    return date.fromisoformat(start[:10]) if start else None


def read_nth(text: str) -> int | None:
    """Return the how-many-th date is asked for, counted from the start, or None.

    >>> read_nth("when is the visit after next due"), read_nth("second review after that one"), read_nth("2nd review")
    (2, 2, None)
    """
    if _AFTER_NEXT.search(text):
        return 2
    match = _NTH_AFTER.search(text)
    return _ORDINALS[match["nth"].lower()] if match else None


def out_of_scope(text: str) -> str | None:
    """Return why a question is not Signpost's to answer (emergency, judgement, legal), or None.

    >>> out_of_scope("do you think mum is lying?"), out_of_scope("when can a child come off a CP plan?")
    ('judgement', None)
    """
    for name, pattern in (("emergency", _EMERGENCY), ("judgement", _JUDGEMENT), ("legal", _LEGAL)):
        if pattern.search(text):
            return name
    return None


def _councils(text: str, councils: Mapping[str, str], own: str | None) -> tuple[str, ...]:
    """Return the loaded councils whose standards are asked about, in the order of the words.

    Where the asker's *own* council is known, a place where somebody lives or is placed is not one that is asked about.

    >>> _councils("core groups in Leeds and York?", {"york": "York", "leeds": "Leeds"}, "york")
    ('leeds', 'york')
    >>> _councils("he is placed in Leeds, when do we visit?", {"york": "York", "leeds": "Leeds"}, "york")
    ()
    """
    any_name = "|".join(map(re.escape, councils.values()))
    joined = r"(?:and|or|vs\.?|versus|with|,|&)"
    asked = []
    for key, name in councils.items():
        pattern = (
            rf"\b(?:for|at|does|do|about|of|under|between|than|compare[ds]?)\s+{name}\b|\b{name}'s\b"
            rf"|\b{name}\s+(?:standard|polic|practice|rule|timescale|manual|say)"
            rf"|\b{name}\s*{joined}\s+(?:in\s+)?(?:{any_name})\b|\b(?:{any_name})\s*{joined}\s+(?:in\s+)?{name}\b"
            rf"|(?P<place>\bin\s+{name}\b)|^\W*(?:and|or)\s+{name}\b"
        )
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if match["place"] and own not in (None, key) and _WHERE.search(text[: match.start()]):
                continue
            asked.append((match.start(), key))
            break
    return tuple(key for _, key in sorted(asked))


def _without_councils(words: str, names: Sequence[str], compare: bool) -> str:
    """Return the words searched for: no document says its own council's name in what it asks of staff."""
    for name in names:
        words = re.sub(
            rf"(?:\b(?:in|for|at|of|under|and|or|between|than|with|vs|versus)\s+)?\b{name}\b(?:'s\b)?",
            " ",
            words,
            flags=re.IGNORECASE,
        )
    return _COMPARING.sub(" ", words) if compare else words
