"""What a person finds on a page."""

import re
from html import unescape
from html.parser import HTMLParser


class Page(HTMLParser):
    """The rows of the board, everything loaded, and the text, of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[str] = []
        self.shown: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.language = ""
        self.feed(html)
        self.text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "tr" and given.get("data-society"):
            self.rows.append(str(given["data-society"]))
            if "hidden" not in given:
                self.shown.append(str(given["data-society"]))
        if tag in {"script", "img"} or (tag == "link" and "href" in given):
            self.loads.append(str(given.get("src") or given.get("href")))
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
