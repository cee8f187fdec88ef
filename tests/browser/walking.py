"""A person's way through the service in a browser: each page that it reaches is held to what every page owes them."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

_WIDTHS = (320, 1024, 1280)
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
# what a list holds after its first entries is made by the same line of its template, and takes axe most of its time
_FURTHER = ("tbody tr:nth-child(n+4)", "main li:nth-child(n+30)", "section:nth-of-type(n+4)", "option:nth-child(n+4)")
_LIKE_THE_FIRST = {"exclude": [[further] for further in _FURTHER]}
# the elements of a page with their classes, the names of their attributes, and whether they say anything
_SHAPE = f"""[...document.querySelectorAll("*")].filter(one => !one.closest("{", ".join(_FURTHER)}")).map(one => [
    one.tagName, one.getAttribute("class"), one.getAttribute("role"), one.getAttribute("type"),
    ...[...one.attributes].map(each => each.name), !one.childElementCount && one.textContent.trim() ? "says" : "",
].join(" ")).join("\\n")"""
_HELD = set[
    tuple[str, int, bool]
]()  # the shapes of pages that were held to WCAG before, at a width, with scripts or not
# the answer to what was typed wrong or may not be done is a page, which a browser notes as a resource not loaded
_ANSWERS = tuple(f"the server responded with a status of {status}" for status in (403, 404, 409, 412, 422))
_OPEN_ALL = "[...document.querySelectorAll('details:not([open])')].map(one => { one.open = true; return one; })"
# no timer runs where scripts are switched off, and axe needs those that are due at once
_TIMERS = """window.setTimeout = (due, ms, ...more) => {
    if (typeof due === "function" && !(ms > 100)) Promise.resolve().then(() => due(...more));
}"""


@dataclass
class Walk:
    """One browser, and who goes with it.

    Args:
        has_scripts: Whether its pages run scripts.
        noted: What the browser's console said that it should not.
    """

    page: Page
    has_scripts: bool
    noted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.noted.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page by its address, and check it."""
        self.page.goto(path)
        self.check()

    def follow(self, name: str, *, first: bool = False) -> None:
        """Follow a link of the page's content, and check where it leads."""
        link = self.page.locator("main").get_by_role("link", name=name)
        (link.first if first else link).click()
        self.check()

    def press(self, name: str, *, first: bool = False) -> None:
        """Press a button of the page's content, and check what comes."""
        button = self.page.locator("main").get_by_role("button", name=name)
        (button.first if first else button).click()
        self.check()

    def heading(self, text: str) -> None:
        """Expect the page's heading to say something."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def reads(self, text: str) -> None:
        """Expect the page's content to say something."""
        expect(self.page.locator("main")).to_contain_text(text)

    def look_again(self) -> None:
        """See what became of a job: with scripts the page is loaded anew by itself, else a link does it."""
        if self.has_scripts:
            expect(self.page.locator("#job-progress[hx-get]")).to_have_count(0)
        else:
            self.page.get_by_role("link", name="Look again").click()
        self.check()

    def check(self) -> None:
        """Hold the page to WCAG 2.1 AA with all that opens in it, to the content security policy, and to its width."""
        self.page.wait_for_load_state()
        where = f"{self.page.url} ({self.page.title()})"
        assert self.page.title().endswith(" · Thirteen"), where
        assert self.page.locator("h1").count() == 1, f"{where} has not one heading of level 1"
        self._check_width(where)
        opened = self.page.evaluate_handle(_OPEN_ALL)
        self.check_as_it_is()
        self.page.evaluate("opened => opened.forEach(one => { one.open = false; })", opened)

    def check_as_it_is(self) -> None:
        """Hold the page to WCAG 2.1 AA and to the content security policy, with what is open in it now."""
        size = self.page.viewport_size
        assert size is not None
        held = (self.page.evaluate(_SHAPE), size["width"], self.has_scripts)
        if held not in _HELD:  # what it says besides would be no other to axe
            if not self.has_scripts:
                self.page.evaluate(_TIMERS)
            found = Axe().run(self.page, context=_LIKE_THE_FIRST, options=_RULES)
            assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
            _HELD.add(held)
        assert self.noted == [], f"{self.page.url}: {self.noted}"

    def _check_width(self, where: str) -> None:
        size = self.page.viewport_size
        assert size is not None
        for width in _WIDTHS:
            self.page.set_viewport_size({"width": width, "height": size["height"]})
            too_wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert too_wide <= 0, f"{where} scrolls sideways by {too_wide} at {width} px"
        self.page.set_viewport_size(size)

    def _note(self, message: ConsoleMessage) -> None:
        # breaches of the content security policy are among the errors
        if message.type == "error" and not any(answer in message.text for answer in _ANSWERS):
            self.noted.append(message.text)
