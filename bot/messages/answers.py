"""Every sentence of an answer that is not quoted, computed or a digest entry's own: one small function each."""

from __future__ import annotations

from collections.abc import Sequence


def empty_question() -> str:
    """Said to a question without words."""
    return "There is no question there. Ask, for example: when is the first core group due after an ICPC on 2 April?"


def too_long(characters: int, most: int) -> str:
    """Said to a question longer than is read.

    >>> too_long(10000, 2000)
    'That is 10,000 characters; I read up to 2,000. Ask in a sentence or two.'
    """
    return f"That is {characters:,} characters; I read up to {most:,}. Ask in a sentence or two."


def not_english() -> str:
    """Said to a question in another language or script."""
    return "I can only read English. Ask in English and I will look it up."


def which_council(names: Sequence[str]) -> str:
    """Asked where neither the channel nor the words name a council."""
    return f"Which council's standards? Loaded: {', '.join(names)}."


def council_not_loaded(name: str, names: Sequence[str]) -> str:
    """Said where the council asked about has no documents here.

    >>> council_not_loaded("Bradford", ["York"])
    "I have no documents of Bradford's; loaded: York."
    """
    return f"I have no documents of {name}'s; loaded: {', '.join(names)}."


def none_answers(names: Sequence[str]) -> str:
    """Said where a comparison finds nothing in any of the documents.

    >>> none_answers(["York", "Halton"])
    'I found nothing on that to compare in the documents of York, Halton. Try the name of the duty, such as core group.'
    """
    return (
        f"I found nothing on that to compare in the documents of {', '.join(names)}. Try the name of the duty, such as"
        " core group."
    )


def not_answered(council: str, closest_headings: Sequence[str]) -> str:
    """Said where the documents do not answer: plainly, with the nearest headings as what they are."""
    near = " ".join(["", closest(closest_headings)]) if closest_headings else ""
    return (
        f"{council}'s practice standards do not answer that.{near} Ask your manager or practice lead; the question is"
        " noted as a gap, without names."
    )


def closest(headings: Sequence[str]) -> str:
    """The nearest headings of a document that does not answer, as what they are.

    >>> closest(["Supervision", "Recording"])
    'Closest, not an answer: Supervision; Recording.'
    """
    return f"Closest, not an answer: {'; '.join(headings)}." if headings else ""


def silent_on_it(council: str) -> str:
    """Said where a council's document is silent and the national rules answer, which follows.

    >>> silent_on_it("Durham")
    "Durham's practice standards are silent on that; a national rule answers."
    """
    return f"{council}'s practice standards are silent on that; a national rule answers."


def the_law_says(sentence: str, source: str) -> str:
    """The national rule, said where the council's document is silent."""
    return f"{sentence} (Source: {source})"


def due_by_law(when: str) -> str:
    """The date that a national rule gives, where the council's document is silent.

    >>> due_by_law("Monday 20 April 2026")
    'By the national rule that is due Monday 20 April 2026.'
    """
    return f"By the national rule that is due {when}."


def lengthened(council: str, national: str) -> str:
    """A warning where a council's limit is longer than the law's.

    >>> lengthened("York", "within 5 working days")
    "York's limit is longer than the national one, within 5 working days: go by the earlier date."
    """
    return f"{council}'s limit is longer than the national one, {national}: go by the earlier date."


def whichever_is_sooner(clock: str) -> str:
    """Said of a duty's other clock.

    >>> whichever_is_sooner("within 10 working days (birth)")
    'Or within 10 working days (birth), whichever is sooner.'
    """
    return f"Or {clock}, whichever is sooner."


def emergency() -> str:
    """Said first to words that sound like a child in danger now."""
    return (
        "If a child is in danger now, ring 999. Then ring your manager or, out of hours, the emergency duty team."
        " I look up standards and dates; I cannot help with this."
    )


def judgement() -> str:
    """Said to a question that asks for a view of a real child or family."""
    return (
        "That is a judgement about a real child or family, and it is yours and your manager's to make. I can say what"
        " the standard is, or when something is due."
    )


def legal() -> str:
    """Said to a question that asks for legal advice."""
    return "That is a question for your legal team. I can say what the practice standard is, or when something is due."


def which_date() -> str:
    """The headline of a date asked back."""
    return "Which date?"


def needs_time(event: str) -> str:
    """Asked where an hour clock has a day but no time.

    >>> needs_time("referral accepted")
    'At what time of day? This clock runs in hours from: referral accepted.'
    """
    return f"At what time of day? This clock runs in hours from: {event}."


def other_event(given: str, wanted: str) -> str:
    """Said where the date given belongs to another event than the one that starts the clock.

    >>> other_event("strategy discussion", "initial child protection conference")
    'The date you gave is of the strategy discussion; this clock starts with the initial child protection conference.'
    """
    return f"The date you gave is of the {given}; this clock starts with the {wanted}."


def no_number(wording: str | None) -> str:
    """Said where the document binds by a word and gives no number."""
    return f"The document gives no number here, only “{wording}”." if wording else "The document gives no number here."


def disagrees() -> str:
    """Begins the showing of two places that differ."""
    return "The document disagrees with itself; both places are shown."


def from_glossary(council: str) -> str:
    """The source line of a term's meaning: it is Signpost's own, no council's."""
    return f"Signpost's glossary; {council}'s own words on it are under “see also”."


def see_also(sections: Sequence[str]) -> str:
    """The next nearest places of an answer.

    >>> see_also(["Standard 4", "6.2 Children in need"])
    'See also: Standard 4; 6.2 Children in need'
    """
    return f"See also: {'; '.join(sections)}"


def look_out(sentence: str) -> str:
    """A warning line under an answer."""
    return f"Mind: {sentence}"


def silent() -> str:
    """A comparison's row for a council whose document says nothing."""
    return "its document is silent on this."


def not_loaded() -> str:
    """A comparison's row for a council whose documents are not here."""
    return "none of its documents is loaded."


def nationally() -> str:
    """The name of a comparison's row that holds for all."""
    return "Nationally"


def source(place: str) -> str:
    """Where a national rule stands."""
    return f"Source: {place}"


def compared(council: str, says: str, place: str | None) -> str:
    """A row of a comparison as a line.

    >>> compared("York", "First core group: within 10 working days", "Source: Standard 4, lines 551–553")
    'York: First core group: within 10 working days (Source: Standard 4, lines 551–553)'
    """
    return f"{council}: {says} ({place})" if place else f"{council}: {says}"


def elsewhere_in_it(limit: str, place: str) -> str:
    """Said beside a council's limit where its document says another elsewhere.

    >>> elsewhere_in_it("within 10 days", "line 30")
    '; elsewhere within 10 days (line 30)'
    """
    return f"; elsewhere {limit} ({place})"


def only_loaded(names: Sequence[str]) -> str:
    """Ends a comparison: whose documents it rests on."""
    return f"Compared: {', '.join(names)}. No other council's documents are loaded."


def changed_passage() -> str:
    """Said where the copy read in differs from the one the digest was written from."""
    return "The words at this place have changed since this entry was written; check the document."


def closed_index(sentence: str) -> str:
    """Said where an answer cannot be given because something is broken."""
    return f"I could not answer just now: {sentence}"


def source_line(document: str, section: str, lines: tuple[int, int]) -> str:
    """The last line of an answer: where it stands.

    >>> source_line("York practice standards", "Standard 4", (550, 553))
    'York practice standards, Standard 4, lines 550–553'
    """
    where = f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}–{lines[1]}"
    return f"{document}, {section}, {where}"
