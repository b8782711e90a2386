"""Thin, fast doors into pdfium for the calls made once per character.

pypdfium2's generated prototypes check four pointer types per call. Passing plain addresses instead halves the time of
a whole reading; the functions are the same ones of the same library.
"""

from __future__ import annotations

import ctypes
from functools import partial
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

_ADDRESS = ctypes.c_void_p


def _door(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, _ADDRESS).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


char_box = _door(pdfium.FPDFText_GetCharBox, ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 4)
char_loose_box = _door(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS)
char_origin = _door(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _ADDRESS, ctypes.c_int, *[_ADDRESS] * 2)
char_unicode = _door(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, ctypes.c_int)
char_matrix = _door(pdfium.FPDFText_GetMatrix, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS)
char_object = _door(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, ctypes.c_int)
object_bounds = _door(pdfium.FPDFPageObj_GetBounds, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 4)
object_type = _door(pdfium.FPDFPageObj_GetType, ctypes.c_int, _ADDRESS)
page_object = _door(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, ctypes.c_int)
form_object = _door(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
stroke_color = _door(pdfium.FPDFPageObj_GetStrokeColor, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 4)
fill_color = _door(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 4)
draw_mode = _door(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 2)
count_segments = _door(pdfium.FPDFPath_CountSegments, ctypes.c_int, _ADDRESS)
path_segment = _door(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, ctypes.c_int)
segment_type = _door(pdfium.FPDFPathSegment_GetType, ctypes.c_int, _ADDRESS)
segment_point = _door(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int, _ADDRESS, *[_ADDRESS] * 2)
segment_close = _door(pdfium.FPDFPathSegment_GetClose, ctypes.c_int, _ADDRESS)
clip_of_object = _door(pdfium.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
clip_paths = _door(pdfium.FPDFClipPath_CountPaths, ctypes.c_int, _ADDRESS)
clip_segments = _door(pdfium.FPDFClipPath_CountPathSegments, ctypes.c_int, _ADDRESS, ctypes.c_int)
clip_segment = _door(pdfium.FPDFClipPath_GetPathSegment, _ADDRESS, _ADDRESS, ctypes.c_int, ctypes.c_int)
object_matrix = _door(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, _ADDRESS, _ADDRESS)


def address(handle: Any) -> int:
    """The address behind a pypdfium2 handle."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def _buffer(kind: Any, code: str, count: int) -> tuple[tuple[int, ...], Any]:
    """Addresses of a new array's members, and a function that returns their values as a tuple."""
    array = (kind * count)()
    start, size = ctypes.addressof(array), ctypes.sizeof(kind)
    return tuple(start + size * index for index in range(count)), partial(Struct(f"{count}{code}").unpack_from, array)


class Doubles:
    """A reusable buffer of doubles: ``at`` holds addresses for pdfium, ``values()`` what it wrote."""

    def __init__(self, count: int) -> None:
        self.at, self.values = _buffer(ctypes.c_double, "d", count)


class Floats:
    """The same for C floats."""

    def __init__(self, count: int) -> None:
        self.at, self.values = _buffer(ctypes.c_float, "f", count)


class Unsigned:
    """The same for unsigned ints."""

    def __init__(self, count: int) -> None:
        self.at, self.values = _buffer(ctypes.c_uint, "I", count)
