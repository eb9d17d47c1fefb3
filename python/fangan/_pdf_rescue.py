"""PDF files whose end is missing, given an end by what is left of them."""

from __future__ import annotations

import re

_OBJECT = rb"(?<!\d)(\d{1,9})[ \r\n]{1,2}(\d{1,5})[ \r\n]{1,2}obj\b(?:(?!endobj|stream).){0,3000}?"
_CATALOGUE = re.compile(_OBJECT + rb"/Type[ \r\n]{0,2}/Catalog\b", re.S)
_PAGE = re.compile(_OBJECT + rb"/Type[ \r\n]{0,2}/Page\b", re.S)
_FREE = 8_000_000


def with_end(data: bytes, most_pages: int) -> bytes | None:
    """The file with a table of contents that names the pages that are left.

    What holds a PDF together stands at its end, so that a download that broke off cannot be opened, though most pages
    may be there. Evidence: objects that say that they are the catalogue, or pages. Misses files that keep their objects
    packed (object streams), of which nothing can be had; takes an older version of a page for the newest where a file
    was changed.

    Args:
        data: A file that cannot be opened.
        most_pages: Pages that the table names at most.

    Returns:
        The file with an end; None where no page is found, as in files that keep them packed.
    """
    catalogues = _CATALOGUE.findall(data)
    if catalogues:
        return data + b"\nendstream\nendobj\ntrailer\n<</Root %b %b R>>\nstartxref\n0\n%%%%EOF\n" % catalogues[-1]
    pages = dict.fromkeys(_PAGE.findall(data))
    if not pages:
        return None
    kids = b" ".join(b"%b %b R" % page for page in list(pages)[:most_pages])
    return data + (
        b"\nendstream\nendobj\n%d 0 obj\n<</Type/Pages/Kids[%b]/Count %d>>\nendobj\n"
        b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\ntrailer\n<</Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n"
    ) % (_FREE, kids, min(len(pages), most_pages), _FREE + 1, _FREE, _FREE + 1)
