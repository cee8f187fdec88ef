"""The drawing that shows why, as a picture for paper: what `audit/draw_lanes.py` laid out, drawn with another pen.

All places come from the drawing; the marks, hatches and colours are those of its page, so that both read alike.
"""

import math
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from audit.case import Verdict
from audit.draw_lanes import LEFT, TOP, WIDTH, Bar, Drawing, DrawnLane, Edge, Mark
from config.texts import shortened

# the pages' own letters, which come with the program's styles
_FONTS = Path(__file__).resolve().parents[1] / "app" / "static" / "vendor" / "uswds" / "fonts" / "source-sans-pro"
_SCALE = 2  # dots for each of the drawing's units, so that it can be printed
_MARGIN, _BESIDE, _KEY = 10, 60, 30
_INK, _SOFT, _DAY, _LINE, _GUIDE = "#1b1b1b", "#3d4551", "#dfe1e2", "#a9aeb1", "#565c65"
_BAR, _PAPER = (0x23, 0x78, 0xC3), (255, 255, 255)
_RED, _BROWN, _GREEN, _GREY = "#8b0a03", "#936f38", "#00a91c", "#71767a"
_FADED = 0.1  # how strong a bar is at an end that is open
_FADES_OVER = 0.2  # of its width
_BETWEEN_HATCHES = 7
_IN_KEY = (
    (Verdict.UNAUTHORIZED, "possibly unauthorized"),
    (Verdict.UNRESOLVED, "unresolved"),
    (Verdict.AUTHORIZED, "authorized"),
)
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def draw_picture(drawing: Drawing) -> bytes:
    """Draw a drawing, and give it as a PNG; the same drawing gives the same bytes."""
    pen = _Pen(drawing.height)
    pen.draw_days(drawing)
    for lane in drawing.lanes:
        pen.draw_lane(lane)
    pen.write(0, TOP + 14, "Accesses", bold=True)
    for mark in drawing.marks:
        pen.draw_guide(mark, drawing.height)
    for mark in drawing.marks:
        pen.draw_mark(mark.x, TOP + 10, mark.verdict)
    pen.draw_key(drawing.height + 6)
    return pen.png()


class _Pen:
    """Draws in the drawing's own units."""

    def __init__(self, height: float) -> None:
        size = (WIDTH + _BESIDE + 2 * _MARGIN, math.ceil(height) + _KEY)
        self._image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), _PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._bold = ImageFont.truetype(_FONTS / "sourcesanspro-bold-webfont.woff2", 14 * _SCALE)
        self._plain = ImageFont.truetype(_FONTS / "sourcesanspro-regular-webfont.woff2", 12 * _SCALE)

    def png(self) -> bytes:
        """Give what was drawn."""
        file = BytesIO()
        self._image.save(file, "PNG", optimize=True)
        return file.getvalue()

    def write(self, x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start") -> None:
        """Write a text whose line stands at y."""
        self._draw.text(
            self._place(x, y),
            text,
            _INK if bold else _SOFT,
            self._bold if bold else self._plain,
            anchor=_ANCHORS[anchor],
        )

    def draw_days(self, drawing: Drawing) -> None:
        """Draw the dates beneath and the line that stands over each."""
        for x, text in drawing.days:
            self._line((x, TOP), (x, drawing.height - 40), _DAY)
            self.write(x, drawing.height - 22, text, anchor="middle")

    def draw_lane(self, lane: DrawnLane) -> None:
        """Draw a grant's lane with its bars and edges."""
        self.write(0, lane.y + 14, self._fitting(lane.name, bold=True), bold=True)
        self.write(0, lane.y + 29, self._fitting(lane.detail))
        self._dots((LEFT, lane.y + 12), (WIDTH, lane.y + 12), _LINE, 2, 4)
        for bar in lane.bars:
            self._bar(bar, lane.y + 4)
        for edge in lane.edges:
            self._edge(edge, lane.y + 34)

    def draw_guide(self, mark: Mark, height: float) -> None:
        """Draw the line from an access down over all lanes."""
        self._dots((mark.x, TOP + 19), (mark.x, height - 42), _GUIDE, 1, 3)

    def draw_mark(self, x: float, y: float, verdict: Verdict) -> None:
        """Draw an access, its shape and colour those of its verdict."""
        match verdict:
            case Verdict.UNAUTHORIZED:
                self._draw.polygon([self._place(x + a, y + b) for a, b in ((0, -8), (8, 6), (-8, 6))], fill=_RED)
            case Verdict.UNRESOLVED:
                box = [*self._place(x - 6, y - 6), *self._place(x + 6, y + 6)]
                self._draw.rectangle(box, fill=_PAPER, outline=_BROWN, width=3 * _SCALE)
            case Verdict.AUTHORIZED:
                self._draw.circle(self._place(x, y), 6 * _SCALE, fill=_GREEN, outline=_INK, width=_SCALE)
            case Verdict.OUT_OF_SCOPE:
                self._line((x - 6, y - 6), (x + 6, y + 6), _GREY, 2)
                self._line((x - 6, y + 6), (x + 6, y - 6), _GREY, 2)

    def draw_key(self, y: float) -> None:
        """Say beneath what the marks and bars mean."""
        x = 8.0
        for verdict, text in _IN_KEY:
            self.draw_mark(x, y, verdict)
            x = self._named(x + 14, y, text)
        for is_late, text in ((False, "in force"), (True, "in force, recorded late")):
            self._bar(Bar(x - 6, 30, is_late, goes_on_before=False, goes_on_after=False), y - 8)
            x = self._named(x + 30, y, text)

    def _named(self, x: float, y: float, text: str) -> float:
        self.write(x, y + 4, text)
        return x + self._plain.getlength(text) / _SCALE + 28

    def _bar(self, bar: Bar, y: float) -> None:
        left, top = self._place(bar.x, y)
        width, height = max(round(bar.width * _SCALE), 1), 16 * _SCALE
        strip = Image.new("RGB", (width, height), _PAPER)
        pen = ImageDraw.Draw(strip)
        for x in range(width):
            pen.line([(x, 0), (x, height)], _mixed(_strength(bar, x / width)))
        if bar.is_late:
            for x in range(-height, width, _BETWEEN_HATCHES * _SCALE):
                pen.line([(x, height), (x + height, 0)], _PAPER, 4 * _SCALE)
            pen.rectangle([0, 0, width - 1, height - 1], outline=_BAR, width=_SCALE)
        self._image.paste(strip, (round(left), round(top)))

    def _edge(self, edge: Edge, y: float) -> None:
        place, font = self._place(edge.x, y), self._plain
        self._draw.text(
            *(place, edge.text, _SOFT, font), anchor=_ANCHORS[edge.anchor], stroke_width=2 * _SCALE, stroke_fill=_PAPER
        )

    def _fitting(self, text: str, *, bold: bool = False) -> str:
        font, room = self._bold if bold else self._plain, (LEFT - 12) * _SCALE
        kept = next(
            (length for length in range(len(text), 1, -1) if font.getlength(shortened(text, length)) <= room), 1
        )
        return shortened(text, kept)

    def _line(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: int = 1) -> None:
        self._draw.line([self._place(*start), self._place(*end)], colour, width * _SCALE)

    def _dots(self, start: tuple[float, float], end: tuple[float, float], colour: str, on: int, off: int) -> None:
        length = math.dist(start, end)
        for at in range(0, math.floor(length), on + off):
            shares = (at / length, min((at + on) / length, 1))
            first, last = ([a + (b - a) * share for a, b in zip(start, end, strict=True)] for share in shares)
            self._line((first[0], first[1]), (last[0], last[1]), colour)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return (x + _MARGIN) * _SCALE, y * _SCALE


def _strength(bar: Bar, share: float) -> float:
    """Say how strong a bar is at a share of its width: it fades where it goes on beyond the drawing."""
    before = share / _FADES_OVER if bar.goes_on_before else 1
    after = (1 - share) / _FADES_OVER if bar.goes_on_after else 1
    return _FADED + (1 - _FADED) * min(before, after, 1)


def _mixed(strength: float) -> tuple[int, int, int]:
    red, green, blue = (round(paper + (ink - paper) * strength) for ink, paper in zip(_BAR, _PAPER, strict=True))
    return red, green, blue
