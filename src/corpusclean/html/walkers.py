"""Walks over the trees of two parsers. Both are loops: a page may be nested deeper than functions can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .elements import DROPPED
from .lines import Lines

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement
    from selectolax.lexbor import LexborNode


def walk_lexbor(root: LexborNode, lines: Lines) -> None:
    """Tell the lines what a tree of selectolax holds."""
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            lines.text(node.text_content or "")
        elif tag not in DROPPED and node.is_element_node:
            lines.begin(tag)
            child = node.child
            if child is not None:
                node = child
                continue
            lines.end(tag)
        node = _next(node, root, lines)


def _next(node: LexborNode, root: LexborNode, lines: Lines) -> LexborNode | None:
    """The node after one whose children are done; elements that end on the way are told."""
    while node.mem_id != root.mem_id:
        if (after := node.next) is not None:
            return after
        parent = node.parent
        if parent is None:
            return None
        node = parent
        lines.end(node.tag or "")
    return None


def walk_soup(soup: BeautifulSoup, lines: Lines) -> None:
    """Tell the lines what a BeautifulSoup object, or a tag of one, holds."""
    from bs4.element import NavigableString, PreformattedString, Tag

    ended: list[str] = []
    stack: list[PageElement | None] = [soup]
    while stack:
        element = stack.pop()
        if element is None:
            lines.end(ended.pop())
        elif isinstance(element, Tag):
            tag = element.name.lower()
            if tag not in DROPPED:
                lines.begin(tag)
                ended.append(tag)
                stack.append(None)
                stack.extend(reversed(element.contents))
        elif isinstance(element, NavigableString) and not isinstance(element, PreformattedString):
            lines.text(str(element))
