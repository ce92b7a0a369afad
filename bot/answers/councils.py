"""Names of English councils with children's services, so that a question about one that is not loaded is told so."""

from __future__ import annotations

import re

NAMES = tuple(
    name.strip()
    for name in (
        "Barking and Dagenham, Barnet, Barnsley, Bath and North East Somerset, Bedford, Bexley, Birmingham, "
        "Blackburn with Darwen, Blackpool, Bolton, Bournemouth, Bracknell Forest, Bradford, Brent, Brighton "
        "and Hove, Bristol, Bromley, Buckinghamshire, Bury, Calderdale, Cambridgeshire, Camden, Central "
        "Bedfordshire, Cheshire East, Cheshire West, Cornwall, Coventry, Croydon, Cumberland, Darlington, "
        "Derby, Derbyshire, Devon, Doncaster, Dorset, Dudley, Durham, Ealing, East Riding, East Sussex, "
        "Enfield, Essex, Gateshead, Gloucestershire, Greenwich, Hackney, Halton, Hammersmith and Fulham, "
        "Hampshire, Haringey, Harrow, Hartlepool, Havering, Herefordshire, Hertfordshire, Hillingdon, "
        "Hounslow, Hull, Isle of Wight, Isles of Scilly, Islington, Kensington and Chelsea, Kent, Kingston, "
        "Kirklees, Knowsley, Lambeth, Lancashire, Leeds, Leicester, Leicestershire, Lewisham, Lincolnshire, "
        "Liverpool, Luton, Manchester, Medway, Merton, Middlesbrough, Milton Keynes, Newcastle, Newham, "
        "Norfolk, North East Lincolnshire, North Lincolnshire, North Northamptonshire, North Somerset, North "
        "Tyneside, North Yorkshire, Northumberland, Nottingham, Nottinghamshire, Oldham, Oxfordshire, "
        "Peterborough, Plymouth, Portsmouth, Reading, Redbridge, Redcar and Cleveland, Richmond, Rochdale, "
        "Rotherham, Rutland, Salford, Sandwell, Sefton, Sheffield, Shropshire, Slough, Solihull, Somerset, "
        "South Gloucestershire, South Tyneside, Southampton, Southend, Southwark, St Helens, Staffordshire, "
        "Stockport, Stockton, Stoke, Suffolk, Sunderland, Surrey, Sutton, Swindon, Tameside, Telford, "
        "Thurrock, Torbay, Tower Hamlets, Trafford, Wakefield, Walsall, Waltham Forest, Wandsworth, "
        "Warrington, Warwickshire, West Berkshire, West Northamptonshire, West Sussex, Westminster, "
        "Westmorland and Furness, Wigan, Wiltshire, Windsor and Maidenhead, Wirral, Wokingham, Wolverhampton, "
        "Worcestershire, York"
    ).split(",")
)
_ANY = "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))
_WORDS = ("bury", "hull", "reading", "stoke", "bath")  # also common words: a council only with a capital
_NAMED = re.compile(rf"\b(?:{_ANY})\b", re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    rf"^\W*(?:and|what about|how about|so)\s+(?:in\s+|for\s+|at\s+)?(?P<alone>{_ANY})\W*$"
    rf"|\b(?:how|what)\s+(?:does|do|is it in|about)\s+(?P<does>{_ANY})\b"
    rf"|\b(?P<own>{_ANY})'s\s+(?:standard|practice|polic|rule|timescale|procedure)",
    re.IGNORECASE,
)


def asked_about(text: str) -> str | None:
    """Return the council whose standards *text* asks for by name, as it is written here; None where it asks for none.

    A council that is only where something happens is none that is asked about.

    >>> asked_about("and in Leeds?"), asked_about("he was placed in Leeds, when do we visit?")
    ('Leeds', None)
    """
    match = _ASKED_ABOUT.search(text)
    if match is None:
        return None
    found = next(name for name in match.groupdict().values() if name)
    return next(name for name in NAMES if name.lower() == found.lower())


def mentioned(text: str) -> tuple[str, ...]:
    """Return the names of all councils in *text*, as they are written here, in its order.

    >>> mentioned("compare leeds with East Sussex on visits")
    ('Leeds', 'East Sussex')
    """
    found = (one.lower() for one in _NAMED.findall(text) if one[0].isupper() or one not in _WORDS)
    return tuple(dict.fromkeys(next(name for name in NAMES if name.lower() == one) for one in found))
