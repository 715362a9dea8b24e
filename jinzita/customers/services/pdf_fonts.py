"""A font for every script of the house in a PDF, with only the characters that stand in it."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont as Source
from fontTools.varLib import instancer
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "sheet", "sheet-bold"
_WEIGHTS = {REGULAR: 400, BOLD: 700}
# Noto Sans SC, under the SIL Open Font License.
_PACKAGE, _FILE = "justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
# Layout, hints and the like: not needed for text that runs from left to right.
_NOT_NEEDED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "MVAR")
# The registry of fonts is one for the whole process.
_one_at_a_time = threading.Lock()


@contextmanager
def fonts_with(text: str) -> Iterator[None]:
    """While this lasts, REGULAR and BOLD can be drawn with, in the characters of `text`."""
    with _one_at_a_time:
        for name, content in _made(text).items():
            # By name alone: `registerFont` takes two fonts of one face for the same.
            pdfmetrics._fonts[name] = TTFont(name, content)
            pdfmetrics.registerFontFamily(name)
        yield


def _made(text: str) -> dict[str, io.BytesIO]:
    """A font file for each weight; a font without weights serves for both."""
    subset = io.BytesIO()
    with _opened() as font:
        options = Options()
        options.layout_features, options.hinting, options.notdef_outline = [], False, True
        options.drop_tables += _NOT_NEEDED
        subsetter = Subsetter(options)
        subsetter.populate(text=text + " ")
        subsetter.subset(font)
        font.save(subset)
    found = {}
    for name, weight in _WEIGHTS.items():
        content = io.BytesIO()
        with Source(io.BytesIO(subset.getvalue())) as font:
            if "fvar" in font:
                instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
            # Two fonts of a document have two names.
            for record in [one for one in font["name"].names if one.nameID in (1, 4, 6)]:
                font["name"].setName(
                    f"{name}-{weight}", record.nameID, record.platformID, record.platEncID, record.langID
                )
            font.save(content)
        content.seek(0)
        found[name] = content
    return found


def _opened() -> Source:
    if settings.PDF_FONT:
        return Source(Path(settings.PDF_FONT), lazy=True, fontNumber=0)
    with resources.as_file(resources.files(_PACKAGE) / _FILE) as path:
        return Source(path, lazy=True)
