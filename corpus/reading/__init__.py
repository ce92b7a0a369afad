"""Documents to plain text: PDF, Word, HTML, Markdown and text, through well-kept converters, each in a bounded process.

Every reader gives lines: a paragraph a line (or as the page breaks it), an empty line between paragraphs, a table row a
line with " | " between cells, a list item with "• " before it, headings as lines of their own.
"""

from corpus.reading.document import KINDS, Read, read_document

__all__ = ["KINDS", "Read", "read_document"]
