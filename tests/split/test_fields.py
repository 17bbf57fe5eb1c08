"""Fields outside of the head: tags, first publication, dateline, and who publishes the page."""

from __future__ import annotations

import pytest

from corpusclean import clean
from corpusclean.model import FirstPublished
from corpusclean.split.fields import copyright_holder, read_dateline, read_source, read_tags

BODY = (
    "The council met on Monday to vote on the new bridge over the river, and it took until midnight.\n\n"
    "Nobody had expected the vote to be so close: twelve members were for it, and nine of them against."
)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Tags: canals, volunteers, winter works", ("canals", "volunteers", "winter works")),
        ("Tags: canals | volunteers", ("canals", "volunteers")),
        ("Labels: canals, Lower Brindle", ("canals", "Lower Brindle")),
        ("Schlagwörter: Brücke, Fluss", ("Brücke", "Fluss")),
        ("Mots-clés : pont, rivière", ("pont", "rivière")),
        ("Archivado en: Astilleros, Empleo", ("Astilleros", "Empleo")),
        ("Теги: мост, река", ("мост", "река")),
        ("Etiketler: köprü, nehir", ("köprü", "nehir")),
        ("برچسب‌ها: قنات، یزد، آب", ("قنات", "یزد", "آب")),
        ("الكلمات المفتاحية: الصيد، البيئة", ("الصيد", "البيئة")),
        ("标签：社区食堂 养老", ("社区食堂 养老",)),
        ("标签：社区食堂、养老", ("社区食堂", "养老")),
        ("The tags were sewn on by hand, one for each of them", ()),
        ("Tags", ()),
        ("", ()),
    ],
)
def test_tags_stand_behind_a_label(text: str, tags: tuple[str, ...]) -> None:
    assert read_tags(text) == tags


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Previously published in the Daily Example", FirstPublished("Daily Example")),
        ("Originally published in The Harbour on May 5, 2020", FirstPublished("Harbour", "2020-05-05")),
        ("This article first appeared in the Harbour Gazette.", FirstPublished("Harbour Gazette")),
        ("Zuerst erschienen in: Deichbote, 5. Mai 2020", FirstPublished("Deichbote", "2020-05-05")),
        ("The bridge appeared first in a drawing of 1998.", None),
        ("Sources close to the council say that it will be closed again.", None),
    ],
)
def test_the_first_publisher_is_read(text: str, found: FirstPublished | None) -> None:
    assert read_source(text) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "ERBIL, Kurdistan Region -- US commanders have been ordered to plan for it.",
            "ERBIL, Kurdistan Region",
        ),
        ("PORT ELLERY, Maine -- Four deckhands were honored on Sunday.", "PORT ELLERY, Maine"),
        ("LONDON — The council met on Monday.", "LONDON"),
        ("BERLIN (dpa) - Der Rat tagte bis Mitternacht.", "BERLIN"),
        ("Lindau am Forst - Eine Glocke ist geborgen worden.", "Lindau am Forst"),
        ("LONDON (Reuters) - The council met on Monday.", "LONDON"),
    ],
)
def test_a_dateline_is_read(text: str, place: str) -> None:
    assert read_dateline(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "He left — at last.",
        "The bridge — nobody had believed it — opened on Monday.",
        "Nobody - not even the mayor - had seen it.",
        "And then – silence.",
        "Yes — No — Perhaps",
        "1998 – 2004: the long years",
        "self-made men and their self-made bridges",
        "In the town hall - where else - they met again on Monday.",
        "The vote was close. LONDON -- that was another story.",
        "",
        "--",
    ],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("© 2019-2021 The Strand Example. All rights reserved.", "The Strand Example"),
        ("Copyright © 2021 Harbour Media", "Harbour Media"),
        ("© Kıyı Postası 2021", "Kıyı Postası"),
        ("© El Faro de Poniente. Prohibida la reproducción total o parcial.", "El Faro de Poniente"),
        ("© 2021", None),
        ("© 2021. All rights reserved.", None),
    ],
)
def test_a_copyright_line_names_its_holder(text: str, holder: str | None) -> None:
    assert copyright_holder(text) == holder


@pytest.mark.parametrize(
    ("notice", "publisher"),
    [
        ("© 2021 The Strand Example. All rights reserved.", "The Strand Example"),
        (
            (
                "The Strand Example welcomes comments that are civil. The Strand Example reserves the right to "
                "delete comments that are abusive or off topic."
            ),
            "The Strand Example",
        ),
        ("© 2021. All rights reserved.", None),
    ],
)
def test_the_publisher_stands_in_the_notices_of_a_page(notice: str, publisher: str | None) -> None:
    (record,) = clean(f"Bridge opens after ten years\n\n{BODY}\n\n{notice}\n").records
    assert record.publisher == publisher


def test_the_byline_names_the_publisher_before_the_notices_do() -> None:
    page = (
        f"Bridge opens\n\nBy Anna Keller | The Courier | May 5, 2020\n\n{BODY}\n\n© 2021 Harbour Media Ltd\n"
    )
    assert clean(page).records[0].publisher == "The Courier"


def test_a_copyright_line_in_the_text_is_no_publisher() -> None:
    assert (
        clean(f"{BODY}\n\nThe sign read “© 2021 Harbour Media Ltd”, and nobody knew why.\n")
        .records[0]
        .publisher
        is None
    )


def test_tags_below_their_label_are_read() -> None:
    cleaned = clean(f"Bridge opens after ten years\n\n{BODY}\n\nTags:\nbridge, river\n")
    assert cleaned.records[0].tags == ("bridge", "river")


@pytest.mark.parametrize("last", ["Updated May 6, 2020", "The Inland Review 2 May 2020"])
def test_a_date_below_a_short_text_does_not_take_the_head_away(last: str) -> None:
    head = "Bridge opens after ten years\nBy Anna Keller | May 5, 2020"
    text = (
        "The council met on Monday to vote on the new bridge in town.\nTwelve were for it, nine against it."
    )
    (record,) = clean(f"{head}\n{text}\n{last}\n").records
    assert (record.title, record.authors) == ("Bridge opens after ten years", ("Anna Keller",))
