"""Charts of a corpus, as Altair charts: show them in Jupyter, refine them, or save them with `fangan.plot.save`.

Needs the extra `fangan[plot]`: altair, vl-convert-python (PNG, SVG) and Noto Sans SC, so that Chinese is drawn right on
machines without Chinese fonts.
"""

from fangan._chart import Language, Theme, together, use
from fangan._chart_files import font_file, save
from fangan._fonts import NAME as FONT
from fangan._labels import STAGES
from fangan._plot_comparison import scores, similarity, surface
from fangan._plot_content import COMPONENTS, criteria, structure, targets
from fangan._plot_phases import timeline
from fangan._plot_regions import TILES, map, panel
from fangan._plot_reuse import reuse
from fangan.errors import MissingExtraError

__all__ = [
    "COMPONENTS",
    "FONT",
    "STAGES",
    "TILES",
    "Language",
    "MissingExtraError",
    "Theme",
    "criteria",
    "font_file",
    "map",
    "panel",
    "reuse",
    "save",
    "scores",
    "similarity",
    "structure",
    "surface",
    "targets",
    "timeline",
    "together",
    "use",
]
