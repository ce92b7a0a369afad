"""The shapes of a picture: each kind of mark has its own, so that it can be told without its colour."""

from __future__ import annotations

from html import escape

INK, QUIET, SOFT, RULE = "#1f2933", "#5b6770", "#f1f4f6", "#d9dfe4"
BLUE, GREEN, AMBER, RED = "#1f5fa8", "#1c7a5f", "#8a5a00", "#b3121d"
_FONTS = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"

DEFS = f"""<defs>
<pattern id="overdue" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="6" height="6" fill="#fbe3e4"/><rect width="3" height="6" fill="{RED}"/></pattern>
<pattern id="late" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect width="5" height="5" fill="#fdf3dc"/><circle cx="2.5" cy="2.5" r="1.3" fill="{AMBER}"/></pattern>
<style>text{{font-family:{_FONTS};fill:{INK};font-size:12.5px}}.h1{{font-size:24px;font-weight:700}}\
.h2{{font-size:14px;font-weight:700}}.quiet{{fill:{QUIET};font-size:13px}}.small{{fill:{QUIET};font-size:11px}}\
.end{{text-anchor:end}}.note{{fill:{QUIET};font-size:12px}}.alarm{{fill:{RED};font-weight:700;font-size:12px}}\
.today{{fill:#ffffff;font-size:11px;font-weight:700;text-anchor:middle}}</style>
</defs>"""


PATTERNS = ("overdue", "late")


def pattern(kind: str, x: float, y: float, width: float) -> str:
    """Return the time after a duty's last day: striped while it is overdue, dotted where it was done late.

    >>> pattern("late", 10, 20, 30)
    '<rect x="10" y="14.5" width="30" height="11" fill="url(#late)" stroke="#8a5a00"/>'
    """
    edge = RED if kind == "overdue" else AMBER
    return f'<rect x="{x:g}" y="{y - 5.5:g}" width="{width:g}" height="11" fill="url(#{kind})" stroke="{edge}"/>'


def text(x: float, y: float, words: str, kind: str) -> str:
    """Return words at a place, in one of the picture's hands.

    >>> text(10, 20, "R & D", "h1")
    '<text class="h1" x="10" y="20">R &amp; D</text>'
    """
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def mark(kind: str, x: float, y: float) -> str:
    """Return the shape of a kind of mark at a place.

    Happened: a full dot. Booked: a ring. Met: a tick on a disc. Late: a square with a bar. Due: a diamond. Overdue: a
    triangle with a stroke. Off the edge of the axis: an arrow.
    """
    if kind in ("event", "start"):
        return f'<circle cx="{x}" cy="{y}" r="4.6" fill="{INK}"/>'
    if kind == "booked":
        return f'<circle cx="{x}" cy="{y}" r="4.6" fill="#ffffff" stroke="{INK}" stroke-width="1.8"/>'
    if kind == "met":
        tick = f"M{x - 2.6} {y + 0.2}l1.9 2 3.5-4.2"
        return (
            f'<circle cx="{x}" cy="{y}" r="5.6" fill="{GREEN}"/>'
            f'<path d="{tick}" fill="none" stroke="#ffffff" stroke-width="1.6"/>'
        )
    if kind == "late":
        return (
            f'<rect x="{x - 4.6}" y="{y - 4.6}" width="9.2" height="9.2" fill="{AMBER}"/>'
            f'<rect x="{x - 2.6}" y="{y - 0.9}" width="5.2" height="1.8" fill="#ffffff"/>'
        )
    if kind == "overdue":
        return (
            f'<path d="M{x} {y - 7}l7 12.5h-14z" fill="{RED}" stroke="#ffffff" stroke-width="0.8"/>'
            f'<path d="M{x} {y - 2.4}v4.2m0 1.3v1.4" stroke="#ffffff" stroke-width="1.6"/>'
        )
    if kind == "beyond":
        return f'<path d="M{x - 9} {y - 5}l8 5-8 5z" fill="{BLUE}"/>'
    if kind == "off":
        return f'<path d="M{x + 9} {y - 5}l-8 5 8 5z" fill="{INK}"/>'
    return f'<path d="M{x} {y - 6.2}l6.2 6.2-6.2 6.2-6.2-6.2z" fill="{BLUE}" stroke="#ffffff" stroke-width="0.8"/>'
