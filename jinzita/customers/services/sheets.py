"""A customer's sheet on paper: as a PDF made here, or printed by the browser. Both are noted in the log."""

import io
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import transaction
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from jinzita.customers.selectors.sheet import Language, Sheet, sheet
from jinzita.customers.selectors.visible import require_visible
from jinzita.customers.services.pdf_fonts import BOLD, REGULAR, fonts_with
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer

_WORDS = {
    "en": ("Details", "Contacts", "Latest", "Printed by {by}, {at}", "Page {page}", "and {count} more"),
    "zh": ("基本资料", "联系人", "最近往来", "{by} 打印于 {at}", "第 {page} 页", "另有 {count} 位"),
}
_INK, _GREY, _LINE = HexColor("#1F2733"), HexColor("#5B6675"), HexColor("#D5DAE1")
_MARGIN = 18 * mm
# What the page's frame leaves free inside its margins.
_PADDING = 6
_WIDTH = A4[0] - 2 * _MARGIN
_ALWAYS = "".join(map(chr, range(32, 127))) + "…"
_PARAGRAPHS = {
    "title": ParagraphStyle("title", fontName=BOLD, fontSize=17, leading=23, textColor=_INK, wordWrap="CJK"),
    "head": ParagraphStyle("head", fontName=BOLD, fontSize=11, leading=16, textColor=_INK, spaceBefore=9),
    "text": ParagraphStyle("text", fontName=REGULAR, fontSize=9, leading=13, textColor=_INK, wordWrap="CJK"),
    "grey": ParagraphStyle("grey", fontName=REGULAR, fontSize=9, leading=13, textColor=_GREY, wordWrap="CJK"),
}


@transaction.atomic
def sheet_as_pdf(*, by: Viewer, customer_id: int, language: Language, now: datetime) -> bytes:
    """The sheet as far as the role shows it. Raises NotFound, Forbidden."""
    require_visible(by, customer_id)
    by.require(Permission.EXPORT)
    found = sheet(by, customer_id, language)
    audit.record(
        by=by, action="export", subject_type="customer", subject_id=customer_id,
        changes={"format": "pdf", "fields": found.field_codes},
    )  # fmt: skip
    at = now.astimezone(settings.COMPANY_TIME_ZONE)
    foot = f"{settings.COMPANY_NAME} · {_WORDS[language][3].format(by=by.name, at=f'{at:%Y-%m-%d %H:%M}')}"
    return _drawn(found, language, foot)


@transaction.atomic
def note_printing(*, by: Viewer, customer_id: int) -> None:
    """Note that somebody printed the sheet from the browser. Raises NotFound."""
    require_visible(by, customer_id)
    audit.record(by=by, action="sheet", subject_type="customer", subject_id=customer_id)


def _drawn(found: Sheet, language: Language, foot: str) -> bytes:
    content = io.BytesIO()
    words = _WORDS[language]

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(REGULAR, 8)
        canvas.setFillColor(_GREY)
        canvas.drawString(_MARGIN, 10 * mm, foot)
        canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, words[4].format(page=document.page))

    document = SimpleDocTemplate(
        content, pagesize=A4, leftMargin=_MARGIN - _PADDING, rightMargin=_MARGIN - _PADDING,
        topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=found.name, author=settings.COMPANY_NAME, lang="zh-CN" if language == "zh" else "en",
    )  # fmt: skip
    with fonts_with(_ALWAYS + foot + "".join(words) + _every_text(found)):
        document.build(_story(found, words), onFirstPage=frame, onLaterPages=frame)
    return content.getvalue()


def _every_text(found: Sheet) -> str:
    rows = [*found.fields, *found.people, *found.entries]
    return "".join([found.name, found.standing, found.keeper, *(text for row in rows for text in row)])


def _story(found: Sheet, words: tuple[str, ...]) -> list[Flowable]:
    story: list[Flowable] = [
        _said("title", found.name), _said("text", found.standing), _said("grey", found.keeper), Spacer(1, 6)
    ]  # fmt: skip
    parts: list[tuple[str, Sequence[tuple[str, ...]], tuple[float, ...]]] = [
        (words[0], found.fields, (0.24, 0.76)),
        (words[1], found.people, (0.24, 0.3, 0.46)),
        (words[2], found.entries, (0.14, 0.14, 0.56, 0.16)),
    ]
    for head, rows, shares in parts:
        if rows:
            story += [_said("head", head), _table(rows, shares)]
        if rows is found.people and found.further_people:
            story.append(_said("grey", words[5].format(count=found.further_people)))
    return story


def _said(style: str, text: str) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), _PARAGRAPHS[style])


def _table(rows: Sequence[tuple[str, ...]], shares: tuple[float, ...]) -> Table:
    cells = [[_said("text" if place else "grey", text) for place, text in enumerate(row)] for row in rows]
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip
    # Long rows go over the page's end.
    return Table(cells, [share * _WIDTH for share in shares], style=TableStyle(style), splitInRow=1)
