"""An invented site: five pages with articles of their own between what all of them have."""

from __future__ import annotations

from corpusclean import Source

TOP = [
    "The Arden Lantern",
    "Lamps and lanes",
    "River talk",
    "Kitchen tables",
    "Letters to Wilma",
    "Weather at the weir",
]
NOTICE = (
    "The Lantern is written by neighbours for neighbours and has lived on their gifts since the mill closed."
)
END = [
    "Ring the bell",
    "How the Lantern is made",
    NOTICE,
    "Friends of the Lantern",
    "Old lanterns in the attic",
]
AUTHOR = "By Jane Miller | May 3, 2021"
STORIES = {
    "Old bridge opens again after nine years": [
        "The old bridge over the Arden, closed since the flood of 2012, opens again on Monday, the city said.",
        "It is the oldest bridge of the valley; on Friday guests and reporters were the first to cross it on foot.",
        "Works on the northern ramp go on until autumn, and one lane stays closed to carts and lorries.",
    ],
    "Small theatre finds a new house": [
        "Three winters after the fire, the company around Ruth Keller moves into the old grain store at the harbour.",
        "Its first evening there, in September, is to be a play without words for five actors and a cello.",
        "The roof still leaks over the third row, which the company has sold as the seats for ducks.",
    ],
    "Ferryman counts his last passengers": [
        "In forty years he has carried more people over the river than live in the whole valley today.",
        "Now that the bridge opens he wants to sleep until eight, and to see what a Sunday looks like.",
    ],
    "Baker buys the last mill of the valley": [
        "The stones have not turned since the war, but the wheel is sound, says the man who looked at it.",
        "He wants to grind rye there from October on, at night, when the river has nothing else to do.",
        "What it will cost he would not say, but he looked as though he knew it to the last coin.",
    ],
    "Swans leave the weir in May": [
        "Nobody knows why they left a month too early, with six young ones that can hardly swim.",
        "The warden thinks of the new lamps on the bank, which burn all night since the beginning of May.",
    ],
}
TITLES = tuple(STORIES)


def page(title: str, comments: int = 0, extra: tuple[str, ...] = ()) -> str:
    """A page of the site."""
    return "\n".join([*TOP, title, AUTHOR, *STORIES[title], *extra, f"{comments} lamps lit", *END]) + "\n"


def pages() -> list[str]:
    """The pages of the site."""
    return [page(title, 3 * n + 2) for n, title in enumerate(TITLES)]


def sources(host: str = "lantern.example") -> list[Source]:
    """The pages of the site, named by their URLs."""
    return [Source(f"https://{host}/{n}", text.encode()) for n, text in enumerate(pages())]
