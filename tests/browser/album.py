"""Where the pictures of the pages of help are put, and how they are made small."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ALBUM = Path(__file__).resolve().parents[2] / "app" / "help" / "pictures"
LARGEST = 150_000  # bytes of one picture
_COLOURS = 64  # a page has few of its own; the others are the edges of letters


@dataclass(frozen=True)
class Album:
    """The folder of the pictures."""

    folder: Path

    def take(self, page: Page, name: str, *, height: int = 900, above: str = "") -> None:
        """Take a picture of a page as it is.

        Args:
            height: Of what is shown of the page.
            above: The heading at which the picture begins; empty: at its head.
        """
        page.wait_for_load_state()
        box = page.get_by_role("heading", name=above).first.bounding_box() if above else None
        top = max(0.0, box["y"] + page.evaluate("window.scrollY") - 16) if box else 0.0
        width = page.evaluate("document.documentElement.clientWidth")
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0.0, "y": top, "width": float(width), "height": min(float(height), whole - top)}
        taken = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]  # what it is not it refuses
        with Image.open(BytesIO(taken)) as image:
            image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(self._file(name), optimize=True)
        assert self._file(name).stat().st_size <= LARGEST, f"{name} is too large; show less of the page"

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.png"
