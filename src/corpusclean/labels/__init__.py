"""The line labeller: a small learned model that says of each line how likely it belongs to an article.

It is one more source of marks. Rules keep what they know for certain; the labeller decides about the lines that no
rule has marked, and may take back a mark that was made by place or by company alone, or name another kind for it. Of a
page with one article it may also name the headline.
"""

from .deciding import Verdicts, label_lines, verdicts

__all__ = ["Verdicts", "label_lines", "verdicts"]
