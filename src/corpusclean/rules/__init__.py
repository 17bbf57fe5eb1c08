"""The rules that mark a page: what is not the article, of which kind, and why.

Comes in: a frozen page. Goes out: a sheet with marks; nothing is removed here. Rules run in four passes,
from the certain to the contextual, and a line keeps its first mark:

- **on sight** (stage `line`: `shapes`, `widgets`): what a line says or how it looks is enough;
- **by company** (stage `section`: `furniture` to `scripts`): sections under headings, boxes, buttons beside buttons;
- **by template** (stage `template`): lines that recur on other pages of the site, where these are known;
- **by place** (stage `zone`: `bio` to `nothing`), once the articles are found: above a title, below a text.

Widgets are known by their words (package `phrases`, text files by family and language), never by a site's name.
"""

# The order of these lines is the order in which rules are asked: within a stage, earlier marks stand.
from . import shapes  # isort: skip
from . import widgets  # isort: skip
from . import furniture  # isort: skip
from . import buttons  # isort: skip
from . import comments  # isort: skip
from . import related  # isort: skip
from . import boxes  # isort: skip
from . import scripts  # isort: skip
from . import templates  # isort: skip
from . import bio  # isort: skip
from . import quotes  # isort: skip
from . import tails  # isort: skip
from . import tops  # isort: skip
from . import nothing  # isort: skip

__all__ = [
    "bio", "boxes", "buttons", "comments", "furniture", "nothing", "quotes", "related", "scripts", "shapes", "tails",
    "templates", "tops", "widgets",
]  # fmt: skip
