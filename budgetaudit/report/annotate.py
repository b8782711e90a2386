"""The PDF itself with its findings marked: a highlight with a note at every figure, an entry in the outline for each.

What is added goes behind the original bytes (an incremental update), so that the document itself stays as it was
published. Only a document in several files, or one with a protection to lift, has to be written anew.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import ArrayObject, Fit, FloatObject, NameObject, TextStringObject

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _, n_
from budgetaudit.model import BBox, Document, Finding, Place, Report, Severity
from budgetaudit.reading.frame import Frame
from budgetaudit.report import words
from budgetaudit.report.boxes import Box, boxes
from budgetaudit.report.words import visible

MAX_NOTES = 4_000
"""Highlights of one document; the gravest findings come first."""
_MAX_WORDS = 1_500
_OPERANDS = 12
_CULPRIT, _COMPARED, _NOTICE = "ff8a80", "90caf9", "fff176"
_ABOVE = 40.0
"""How far above a figure (points) its outline entry leads, so that the row's surroundings are seen."""


@dataclass(slots=True)
class _Note:
    """What is said at one place; the colour is that of the gravest thing said there."""

    place: Place
    colour: str
    said: list[str] = field(default_factory=list)


def write_annotated(report: Report, path: Path) -> None:
    """Write the document of a report with its findings marked.

    Raises OSError where the file cannot be written, and UnreadableError("annotate") where the PDF does not allow it.
    """
    # pypdf tells of every oddity it works around; what matters here is whether the result opens.
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        data = _annotated(report)
    except (OSError, UnreadableError):
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise UnreadableError("annotate", _("PDF 有加密保护，不能加批注")) from error
    except Exception as error:  # pypdf meets a broken file with whatever its parsing runs into
        reason = _("PDF 的内部结构有错，不能加批注（{name}）").format(name=type(error).__name__)
        raise UnreadableError("annotate", reason) from error
    finally:
        logger.setLevel(level)
    path.write_bytes(data)


def _annotated(report: Report) -> bytes:
    frames = _frames(report.document)
    writer = _writer(report.document)
    if len(writer.pages) != len(frames):
        raise UnreadableError("annotate", _("PDF 的页目录有错，不能加批注"))
    for note in _notes(report):
        index = (note.place.page or 0) - 1
        if note.place.bbox is not None and 0 <= index < len(frames):
            writer.add_annotation(index, _highlight(note, frames[index].to_user(note.place.bbox)))
    _outline(writer, report, frames)
    out = io.BytesIO()
    writer.write(out)
    if not _opens(out.getvalue(), len(frames)):
        raise UnreadableError("annotate", _("PDF 的内部结构有错，加批注后打不开"))
    return out.getvalue()


def _writer(document: Document) -> PdfWriter:
    paths = [Path(part.path) for part in document.parts] or [Path(document.path)]
    readers = [PdfReader(io.BytesIO(path.read_bytes())) for path in paths]
    for reader in readers:
        if reader.is_encrypted:
            reader.decrypt("")
    if len(readers) == 1 and not readers[0].is_encrypted:
        return PdfWriter(io.BytesIO(paths[0].read_bytes()), incremental=True)
    writer = PdfWriter(clone_from=readers[0])
    for reader in readers[1:]:
        writer.append(reader)
    return writer


def _frames(document: Document) -> list[Frame]:
    """How each page is displayed, as the program sees it that read the document."""
    found: list[Frame] = []
    for path in [part.path for part in document.parts] or [document.path]:
        try:
            pdf = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError("annotate", _("PDF 打不开，不能加批注")) from error
        try:
            for index in range(len(pdf)):
                try:
                    page: Any = pdf[index]
                except pypdfium2.PdfiumError:
                    found.append(Frame(0, (0.0, 0.0, 0.0, 0.0)))
                    continue
                found.append(Frame(page.get_rotation() // 90 % 4, page.get_bbox()))
                page.close()
        finally:
            pdf.close()
    return found


def _opens(data: bytes, pages: int) -> bool:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return False
    try:
        return len(pdf) == pages
    finally:
        pdf.close()


# -------------------------------------------------------------------------------------------------------------- notes


def _notes(report: Report) -> list[_Note]:
    """One note for each place, whatever is said there; figures in question first."""
    found: dict[Place, _Note] = {}
    heads = words.grouped(report)
    numbers = {head.id: number for number, (head, _rest) in enumerate(heads, 1)}
    told = [(head, numbers[head.id]) for head, _rest in heads]
    told += [(other, numbers[head.id]) for head, rest in heads for other in rest]
    for culprits in (True, False):
        for finding, number in told:
            for box in _marked(finding):
                if box.culprit is not culprits or (box.place not in found and len(found) >= MAX_NOTES):
                    continue
                note = found.setdefault(box.place, _Note(box.place, _colour(finding, box)))
                note.said.append(_said(finding, number, box))
    return list(found.values())


def _marked(finding: Finding) -> Iterable[Box]:
    """A notice is marked at its own place only: nothing is wrong with what it was compared with."""
    marked = boxes(finding)
    return [box for box in marked if box.culprit] if finding.severity is Severity.NOTICE else marked


def _colour(finding: Finding, box: Box) -> str:
    if finding.severity is Severity.NOTICE:
        return _NOTICE
    return _CULPRIT if box.culprit and not finding.root else _COMPARED


def _said(finding: Finding, number: int, box: Box) -> str:
    head = f"{number}. [{words.SEVERITY[finding.severity]} {visible(finding.code, 10)}] "
    if not box.culprit:
        compared = _("与{where}的数字比较：{label} {figure}")
        return head + compared.format(where=words.where_words(finding), label=box.label, figure=box.figure)
    lines = [head + visible(finding.message, 400)]
    figures = [
        f"{name} {visible(value, 80)}"
        for name, value in (
            (_("报告数"), finding.reported),
            (_("应为"), finding.expected),
            (_("差额"), finding.difference),
        )
        if value
    ]
    if figures and not words.only_figures(finding):
        unit = _("（{unit}）").format(unit=_(finding.unit)) if finding.unit else ""
        lines.append(_("，").join(figures) + unit)
    if finding.formula:
        lines.append(_("计算：{formula}").format(formula=_calculation(finding)))
    if finding.suggestion:
        lines.append(_("建议：{suggestion}").format(suggestion=visible(finding.suggestion, 400)))
    return "\n".join(lines)


def _calculation(finding: Finding) -> str:
    """The relation with its figures: what should be equal, then each operand that is not zero."""
    operands = [operand for operand in finding.operands if operand.amount.value] or list(finding.operands)
    if not operands:
        return visible(finding.formula, 300)
    text = f"{visible(finding.formula.partition(' = ')[0], 120)} ="
    for index, operand in enumerate(operands[:_OPERANDS]):
        sign = " −" if operand.sign < 0 else " +" if index else ""
        text += f"{sign} {visible(operand.label, 60)} {words.printed(operand.amount)}"
    more = len(operands) - _OPERANDS
    return text + (f" … {n_('另有 {n} 项', more)}" if more > 0 else "")


def _highlight(note: _Note, box: BBox) -> Highlight:
    left, bottom, right, top = box
    corners = (left, top, right, top, left, bottom, right, bottom)
    made = Highlight(
        rect=(left, bottom, right, top),
        quad_points=ArrayObject([FloatObject(corner) for corner in corners]),
        highlight_color=note.colour,
        printing=True,
    )
    said = "\n\n".join(note.said)
    if len(said) > _MAX_WORDS:
        said = said[: _MAX_WORDS - 1] + "…"
    made[NameObject("/Contents")] = TextStringObject(said)
    made[NameObject("/T")] = TextStringObject("budgetaudit")
    return made


# ------------------------------------------------------------------------------------------------------------ outline


def _outline(writer: PdfWriter, report: Report, frames: Sequence[Frame]) -> None:
    """One entry that holds an entry for each finding, behind the outline that the document has."""
    heads = [head for head, _rest in words.grouped(report)]
    placed = [(number, head) for number, head in enumerate(heads, 1) if 0 < (head.place.page or 0) <= len(frames)]
    if not placed:
        return
    title = n_("核对结果（{n} 处）", len(heads))
    parent = writer.add_outline_item(title=title, page_number=(placed[0][1].place.page or 1) - 1, is_open=True)
    for number, head in placed[:MAX_NOTES]:
        index = (head.place.page or 1) - 1
        writer.add_outline_item(
            title=f"{number}. [{words.SEVERITY[head.severity]}] {words.where_words(head)}",
            page_number=index,
            parent=parent,
            fit=_fit(head.place, frames[index]),
        )


def _fit(place: Place, frame: Frame) -> Fit:
    if place.bbox is None:
        return Fit.fit()
    left, top = max(0.0, place.bbox[0] - _ABOVE), max(0.0, place.bbox[1] - _ABOVE)
    x, y, _x, _y = frame.to_user((left, top, left, top))
    return Fit.xyz(left=x, top=y)
