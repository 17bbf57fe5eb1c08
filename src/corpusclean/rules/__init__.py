"""The rules that mark a page: what is not the article, of which kind, and why.

Comes in: a frozen page. Goes out: a sheet with marks; nothing is removed here. Rules run in three passes,
from the certain to the contextual, and a line keeps its first mark:

- **on sight** (stage `line`: `widgets.py`, `shapes.py`): what a line says or how it looks is enough;
- **by company** (stage `section`: `sections.py`): sections under headings, boxes, buttons beside buttons;
- **by place** (stage `zone`: `zones.py`), once the articles are found: what stands above a title, below a text.

Widgets are known by their words (`phrases/`, text files by family and language), never by a site's name.
"""

from . import shapes  # isort: skip  (the order of these lines is the order in which rules are asked)
from . import widgets  # isort: skip

__all__ = ["shapes", "widgets"]
