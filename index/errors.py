"""What can go wrong with an index.

IndexFault                  base: catch this one
├── ModelMissing            no encoder found, or not the file that its record names
├── StaleIndex              built from another library, model or version: build it again
└── CorruptIndex            files missing or damaged: build it again

>>> try:
...     raise StaleIndex("The index was built from another library; run `signpost build`.")
... except IndexFault as fault:
...     str(fault)
'The index was built from another library; run `signpost build`.'
"""

from __future__ import annotations


class IndexFault(Exception):
    """Any fault of the index; its text is one sentence that says what to do."""


class ModelMissing(IndexFault):
    """No encoder where one was expected, or weights that differ from the published ones."""


class StaleIndex(IndexFault):
    """The index does not belong to this library, model or version."""


class CorruptIndex(IndexFault):
    """Files of the index are missing or damaged."""
