"""What elements of HTML mean for the lines of a page."""

from __future__ import annotations

# Not text, or text that no reader sees: programs, data, what replaces a picture or a frame.
DROPPED = frozenset(
    (
        "audio", "base", "canvas", "datalist", "embed", "iframe", "link", "meta", "noembed", "noframes", "noscript",
        "object", "script", "select", "style", "svg", "template", "title", "video",
    )
)  # fmt: skip

# A reader sees them set apart from what stands before and after; here, by an empty line.
APART = frozenset(
    (
        "address", "article", "aside", "blockquote", "details", "dialog", "dir", "dl", "fieldset", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "listing", "main", "menu", "nav", "ol",
        "p", "plaintext", "pre", "search", "section", "table", "ul", "xmp",
    )
)  # fmt: skip

# Each begins a line and ends it.
BLOCKS = APART | frozenset(
    (
        "body", "caption", "center", "dd", "div", "dt", "figcaption", "frameset", "html", "legend", "li", "marquee",
        "optgroup", "option", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
    )
)  # fmt: skip

# A list inside a list goes on without an empty line.
LISTS = frozenset(("dir", "dl", "menu", "ol", "ul"))
CELLS = frozenset(("td", "th"))
# White space counts as it stands.
KEPT = frozenset(("listing", "plaintext", "pre", "xmp"))
# Inline, but a box of its own: its text does not touch the words beside it.
BOXES = frozenset(("button", "meter", "progress", "textarea"))
