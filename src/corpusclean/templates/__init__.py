"""Templates: what recurs on the pages of one site is the site's, not the article's.

Comes in: the flat texts of pages, by site. Goes out: a `Profile` that says for each site which lines stand on
how many of its pages, and in which shapes (`0 comments`, `Photo: …`) others recur; and, given a profile, the
evidence about each line of a page. Nothing is marked here: rule `template.line` reads the evidence.

Two pages that share an article (a reprint, a print version, an archive) share its prose, and that says nothing
about the site. So pages that share most of their prose count as one, and a paragraph that recurs is taken for the
site's only where it stands on most pages, or is a small thing between lines that recur.

What is learned does not depend on the order of the pages: of each site those pages are looked at whose bytes have
the smallest digests. Memory is bounded: a site has so many pages in the sample, and the sample so many in all.
"""

from .learning import learn_site
from .profile import Profile, Site
from .sample import Sample
from .sites import site_of

__all__ = ["Profile", "Sample", "Site", "learn_site", "site_of"]
