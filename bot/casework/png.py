"""An SVG as PNG, through resvg (MIT and Apache licences); no browser, nothing fetched."""

from __future__ import annotations

from bot.casework.marks import text

_EMPTY = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#fff"/>{}</svg>'
)


class NoFonts(Exception):
    """There is no font on this machine, so that a PNG would have no words in it."""


def png(svg: str, zoom: float = 2.0) -> bytes:
    """Return *svg* as PNG, twice its size so that it prints well.

    Raises:
        NoFonts: words would be missing from it.

    >>> png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')[1:4]
    b'PNG'
    """
    if "<text" in svg and _drawn(_EMPTY.format(text(4, 15, "a", "body"))) == _drawn(_EMPTY.format("")):
        raise NoFonts
    return _drawn(svg, zoom)


def _drawn(svg: str, zoom: float = 1.0) -> bytes:
    from resvg_py import svg_to_bytes  # only where a PNG is asked for: it is a compiled library

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom))
