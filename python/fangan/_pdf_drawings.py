"""Ruled lines and pictures on the pages of PDF files."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

_MOST_OBJECTS = 20_000
_MOST_RULES = 6_000
_MOST_POINTS = 400
_FORM_DEPTH = 4
_THIN = 3.0


class Rule(NamedTuple):
    """A ruled line: level where `y0` is `y1`, upright where `x0` is `x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


def _objects(raw: Any, page: Any, n_objects: int) -> Iterator[tuple[Any, int, _Matrix]]:
    """The objects of a page and of the forms on it: object, type, where its coordinates lie on the page."""
    left = _MOST_OBJECTS
    matrix = raw.FS_MATRIX()
    waiting = [(raw.FPDFPage_GetObject, page, n_objects, _IDENTITY, 0)]
    while waiting:
        get, holder, count, place, depth = waiting.pop()
        for at in range(count):
            left -= 1
            if left < 0:
                return
            each = get(holder, at)
            if not each:
                continue
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                inner = place
                if raw.FPDFPageObj_GetMatrix(each, matrix):
                    inner = _product((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), place)
                waiting.append((raw.FPDFFormObj_GetObject, each, raw.FPDFFormObj_CountObjects(each), inner, depth + 1))
            else:
                yield each, kind, place


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(x: float, y: float, place: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def _bounds(raw: Any, each: Any, place: _Matrix) -> tuple[float, float, float, float] | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(each, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    (x0, y0), (x1, y1) = _apply(left, bottom, place), _apply(right, top, place)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def covered(raw: Any, page: Any, n_objects: int, shown: tuple[float, float, float, float]) -> float:
    """The share of a page that pictures cover, from 0 to 1.

    Args:
        raw: The functions of pdfium.
        page: The page.
        n_objects: How many objects it has.
        shown: What is shown of it: left, bottom, right, top.
    """
    area = max(1.0, (shown[2] - shown[0]) * (shown[3] - shown[1]))
    share = 0.0
    for each, kind, place in _objects(raw, page, n_objects):
        if kind != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        bounds = _bounds(raw, each, place)
        if bounds is not None:
            width = min(bounds[2], shown[2]) - max(bounds[0], shown[0])
            height = min(bounds[3], shown[3]) - max(bounds[1], shown[1])
            # Scanners write a page as several strips.
            share += max(0.0, width) * max(0.0, height) / area
    return min(1.0, share)


def rules(raw: Any, page: Any, n_objects: int) -> list[Rule]:
    """The ruled lines of a page; none where there are so many that they are a drawing."""
    found: list[Rule] = []
    for each, kind, place in _objects(raw, page, n_objects):
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(each, fill, stroke)
        if not fill.value and not stroke.value:
            continue
        n_points = raw.FPDFPath_CountSegments(each)
        if n_points <= _MOST_POINTS:
            _rules_of_path(raw, each, n_points, place, bool(stroke.value), found)
        if len(found) > _MOST_RULES:
            return []
    return found


def _rules_of_path(raw: Any, path: Any, n_points: int, place: _Matrix, stroked: bool, found: list[Rule]) -> None:
    matrix = raw.FS_MATRIX()
    if raw.FPDFPageObj_GetMatrix(path, matrix):
        place = _product((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), place)
    x, y = ctypes.c_float(), ctypes.c_float()
    figures: list[list[tuple[float, float]]] = []
    for at in range(n_points):
        point = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(point)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(point, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO or not figures:
            figures.append([])
        figures[-1].append(_apply(x.value, y.value, place))
        if raw.FPDFPathSegment_GetClose(point):
            figures[-1].append(figures[-1][0])
    for points in figures:
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= _THIN < x1 - x0:
            found.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= _THIN < y1 - y0:
            found.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
        elif stroked:
            for (ax, ay), (bx, by) in pairwise(points):
                if abs(ay - by) <= 0.5 < abs(ax - bx):
                    found.append(Rule(min(ax, bx), ay, max(ax, bx), ay))
                elif abs(ax - bx) <= 0.5 < abs(ay - by):
                    found.append(Rule(ax, min(ay, by), ax, max(ay, by)))
