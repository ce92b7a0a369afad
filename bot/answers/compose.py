"""An answer's words: stored words and computed dates put together, nothing else written. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.choose import overlap, rule_lines
from bot.answers.contract import CitationOut, SeeAlso
from bot.messages import answers as say
from bot.wording import limit_words
from corpus import Entry, Library, Manifest, Original
from index import Found
from rules import Rule, RuleBook


def citation_of_entry(entry: Entry, library: Library, originals: Mapping[str, Original]) -> CitationOut:
    """Return where *entry* stands, with the document's own words where it has been read in."""
    manifest = library.digest(entry.council).manifest
    return _citation(manifest, entry.section, entry.id, entry.source.lines, entry.id, originals)


def citation_of_rule(
    rule: Rule, entry: Entry | None, library: Library, originals: Mapping[str, Original]
) -> CitationOut:
    """Return where *rule* stands; `entry` is the digest entry beside it, or the rule's own id."""
    source = rule.versions[0].source
    manifest = library.digest(rule.council).manifest
    return _citation(manifest, source.section, entry.id if entry else rule.id, rule_lines(rule), rule.id, originals)


def _citation(
    manifest: Manifest, section: str, entry: str, lines: tuple[int, int], key: str, originals: Mapping[str, Original]
) -> CitationOut:
    original = originals.get(manifest.council)
    quoted = original.quote(key) if original else None
    quote, place = quoted if quoted else (None, None)
    return CitationOut(
        council=manifest.council,
        document=manifest.title,
        edition=manifest.edition,
        section=section,
        entry=entry,
        lines=lines,
        quote=quote or None,
        exact=bool(place and place.state == "same"),
    )


def see_also(
    found: Found, shown: Sequence[CitationOut], library: Library, book: RuleBook, most: int = 4
) -> tuple[SeeAlso, ...]:
    """Return the next *most* places, in rank order, without those already shown or standing on the same lines."""
    out: list[SeeAlso] = []
    taken = [(cited.council, cited.lines) for cited in shown]
    for hit in found.hits:
        entry = library.entry(hit.item.id)
        lines = entry.source.lines if entry else rule_lines(book[hit.item.id])
        council = hit.item.council
        if any(council == other and _same_place(lines, there) for other, there in taken):
            continue
        taken.append((council, lines))
        out.append(SeeAlso(entry=hit.item.id, council=council, section=hit.item.section, lines=lines))
        if len(out) == most:
            break
    return tuple(out)


def _same_place(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = overlap(one, other)
    return shared > 0 and shared * 2 >= min(one[1] - one[0] + 1, other[1] - other[0] + 1)


def source_line(cited: CitationOut) -> str:
    """Return the source line of an answer."""
    return say.source_line(cited.document, cited.section, cited.lines)


def quoted(cited: CitationOut) -> str:
    """Return the quotation as a line of its own, or an empty string where the document has not been read in."""
    return f"“{cited.quote}”" if cited.quote else ""


def timescale_headline(rule: Rule, book: RuleBook) -> str:
    """Return the limit as the first line of an answer, e.g. "First core group: within 10 working days of …"."""
    return f"{rule.title}: {limit_words(rule, book)}"


def joined(headline: str, parts: Sequence[str], source: str = "") -> str:
    """Return the plain text of an answer: a line each, empty ones left out."""
    return "\n".join(part for part in (headline, *parts, source) if part)
