"""Broken lines are mended in all scripts, and lines that were meant to end where they end stay apart."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.model import Page, Trace
from corpusclean.repair import repair_characters
from corpusclean.repair.lines import closed, mend_lines, starts_small
from corpusclean.rules.widgets import is_widget


def mended(text: str) -> str:
    return mend_lines(Trace.of(text), is_widget).text


# One sentence or more that a link broke; ⏎ stands for a line end that is to go.
BROKEN = {
    "en: blank before the second part": (
        "General White is⏎ the top commander in the region. He warned that this could be a bloody campaign."
    ),
    "en: a link in three lines": (
        "Nobody knew how much silt there would be. The last survey, done by⏎the county's own "
        "waterways officer⏎in 1996, gave it as “eighteen inches, mostly leaf”. We found four feet."
    ),
    "en: a link with a capital letter": (
        "The motion was tabled by the chair of the harbour board, councillor⏎Bronagh Deasy⏎of the "
        "western ward, who had counted the votes before she spoke."
    ),
    "en: the full stop comes down": (
        "The whole of the story was told for the first time last winter in the⏎Harbour Gazette⏎, "
        "which has since closed."
    ),
    "de": (
        "Der Bahnhof von Oberwehrda gehört seit Freitag 212 Menschen, wie das⏎Regionalportal⏎"
        "berichtet. Der letzte Zug hielt hier im Dezember 2002."
    ),
    "fr": (
        "Depuis le 21 avril, les ouvrières de la fromagerie occupent l'atelier pour⏎empêcher le "
        "départ des machines⏎vers la Pologne, où une usine neuve les attend."
    ),
    "ru": (
        "Разницу покрыла дополнительная субсидия, о которой портовые власти договорились весной с⏎ "
        "Росморречфлотом⏎ и областным правительством."
    ),
    "ru: over an empty line": (
        "Разницу покрыла дополнительная субсидия, о которой портовые власти⏎⏎договорились весной с "
        "областным правительством."
    ),
    "ar: blank before the second part": (
        "لم يبق في المرفأ غير ثلاثة قوارب.\nوقال الصيادون إن كمية الأسماك تراجعت إلى النصف منذ أن "
        "بدأت⏎ وزارة الزراعة تمنح الرخص لسفن أكبر في الخليج، وهي سفن لا تأتي من المدينة ولا من "
        "القرى."
    ),
    "ar: a word that calls for more": (
        "وقال الصيادون إن كمية الأسماك في الخليج تراجعت إلى النصف في⏎تقرير الوزارة الذي نشر في "
        "الأسبوع الماضي."
    ),
    "fa": (
        "سهم هر خانوار از آب این قنات بر پایه‌ی طوماری تقسیم می‌شود که در⏎ موزه‌ی آب یزد نگهداری "
        "می‌شود و نسخه‌ای از آن چاپ شده است."
    ),
    "zh": (
        "这座建于一九五六年的粮仓闲置了十七年，去年九月由街道出资改造，今年三月底正式开放，"
        "食堂面积六百二十平方米，一共设座位一百四十个，⏎每天供应三餐，六十岁以上的老人打八折。"
    ),
}


def whole(text: str) -> str:
    """The text without the line ends that are to go: a blank for each; none before a comma or in Chinese."""
    return re.sub("⏎+ ?", " ", re.sub(r"⏎+ ?(?=,)|(?<=，)⏎", "", text))


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=name) for name, text in BROKEN.items()],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_sentence_that_a_link_broke_is_mended(text: str, end: str) -> None:
    before = text.replace("⏎", "\n").replace("\n", end)
    assert mended(before) == whole(text).replace("\n", end)


ENGLISH = (
    "In the small hours of the third of February some forty thousand tonnes of Black Scar came down across "
    "the bridleway between Hallbeck and Nether Stang. Nobody was hurt. A wall that had stood since the "
    "enclosures is now in two parishes, and a path that had been walked for at least six hundred years ends "
    "in the air above a stream."
)
GERMAN = (
    "In der Nacht auf den dritten Februar rutschten etwa vierzigtausend Tonnen Fels über den alten Weg "
    "zwischen den beiden Dörfern. Verletzt wurde niemand. Eine Mauer, die seit der Teilung der Gemeinden "
    "stand, liegt nun in zwei Tälern, und der Pfad, den man seit sechshundert Jahren ging, endet in der Luft "
    "über einem Bach."
)
RUSSIAN = (
    "В ночь на третье февраля около сорока тысяч тонн скалы сошло на старую дорогу между двумя деревнями. "
    "Никто не пострадал. Стена, которая стояла здесь со времён раздела земель, лежит теперь в двух долинах, "
    "а тропа, по которой ходили шестьсот лет, обрывается в воздухе над ручьём."
)
ARABIC = (
    "في ليلة الثالث من شباط انهار نحو أربعين ألف طن من الصخور على الطريق القديم بين القريتين ولم يصب أحد "
    "بأذى بينما صار الجدار الذي بقي قائما منذ تقسيم الأراضي موزعا على واديين اثنين وانتهى الدرب الذي سار "
    "عليه الناس ستمئة عام في الهواء فوق جدول صغير لا اسم له على الخريطة التي رسمها المساح قبل نصف قرن من "
    "الزمان."
)
WRAPPABLE = {"en": ENGLISH, "de": GERMAN, "ru": RUSSIAN, "ar": ARABIC}


@pytest.mark.parametrize(
    ("language", "width"),
    [(language, width) for language in WRAPPABLE for width in (66, 72, 80)],
)
def test_a_paragraph_wrapped_at_a_width_is_one_line_again(language: str, width: int) -> None:
    text = WRAPPABLE[language]
    assert mended("\n".join(textwrap.wrap(text, width))) == text


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_narrow_lines_are_wrapped_too_where_small_letters_tell(language: str) -> None:
    assert mended("\n".join(textwrap.wrap(WRAPPABLE[language], 60))) == WRAPPABLE[language]


LAYOUTS = {
    "empty lines": ("\n\n", "", ""),
    "empty lines, indented": ("\n\n", "   ", "   "),
    "indented first lines": ("\n", "    ", ""),
    "nothing between": ("\n", "", ""),
    "entries of a list": ("\n\n", "  * ", "    "),
}


@pytest.mark.parametrize("width", [40, 50, 60, 72, 80, 100])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_wrapped_at_any_width_has_its_paragraphs_again(layout: str, width: int) -> None:
    between, first, other = LAYOUTS[layout]
    paragraphs = (
        ENGLISH,
        GERMAN,
        RUSSIAN,
        ENGLISH.replace("Hallbeck", "Upperby"),
        "The wall fell. Nobody saw it.",
    )
    page = between.join(
        "\n".join(textwrap.wrap(text, width, initial_indent=first, subsequent_indent=other))
        for text in paragraphs
    )
    assert mended(page) == between.join(first + text for text in paragraphs)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_arabic_is_wrapped_at_any_width(width: int) -> None:
    page = "\n\n".join("\n".join(textwrap.wrap(text, width)) for text in (ARABIC, ARABIC))
    assert mended(page) == f"{ARABIC}\n\n{ARABIC}"


def test_a_paragraph_of_two_lines_has_the_width_of_its_page() -> None:
    short = "A wall fell on the path between the two villages in February, and nobody was hurt."
    page = "\n\n".join("\n".join(textwrap.wrap(text, 72)) for text in (ENGLISH, short))
    assert mended(page) == f"{ENGLISH}\n\n{short}"


@pytest.mark.parametrize(
    "name", ["poem", "recipe", "score table", "list with signs", "code", "address", "league table"]
)
def test_on_a_wrapped_page_short_lines_stay(name: str) -> None:
    wrapped = "\n".join(textwrap.wrap(ENGLISH, 72))
    assert mended(f"{wrapped}\n\n{STAYS[name]}\n\n{wrapped}") == f"{ENGLISH}\n\n{STAYS[name]}\n\n{ENGLISH}"


@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_paragraphs_stay_apart(width: int) -> None:
    page = "\n\n".join("\n".join(textwrap.wrap(text, width)) for text in (ENGLISH, GERMAN, ENGLISH))
    assert mended(page) == f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}"


@pytest.mark.parametrize("width", [20, 30, 40])
def test_a_chinese_paragraph_wrapped_at_a_width_is_one_line_again(width: int) -> None:
    text = (
        "议会星期一开会到半夜就老磨坊旁边那座新桥进行表决没有人料到票数会这样接近，" * 4 + "会后没有人说话。"
    )
    assert mended("\n".join(text[at : at + width] for at in range(0, len(text), width))) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Nobody walked the whole of the path after the land-\nslide of the year before; a landslide is slow.",
            "Nobody walked the whole of the path after the landslide of the year before; a landslide is slow.",
        ),
        (
            "The committee spoke at great length about the self-\nemployed men of the valley and about their boats.",
            "The committee spoke at great length about the self-employed men of the valley and about their boats.",
        ),
        (
            "Der Rat sprach lange über die alte Brü\u2010\ncke und beschloss, die Brücke im Herbst sperren zu lassen.",
            "Der Rat sprach lange über die alte Brücke und beschloss, die Brücke im Herbst sperren zu lassen.",
        ),
    ],
    ids=["a word that the page has", "a word with a hyphen of its own", "de"],
)
def test_a_word_broken_at_the_end_of_a_line_is_one_word(before: str, after: str) -> None:
    assert mended(before) == after


def test_a_hyphen_goes_where_only_the_width_put_it() -> None:
    text = (
        "The landowners of the valley had been asked three times, and they had refused, until the new cit-\n"
        "adel was built on the hill above them; a well-known architect came for it, and it was the most un-\n"
        "comfortable house of the county, though it had cost more than the church and the whole town hall,\n"
        "as the clerk wrote. The people were well aware of that, and they were known for what they sung of\n"
        "it, but not so well-\nknown as to be heard."
    )
    assert mended(text) == text.replace("cit-\n", "cit").replace("un-\n", "un").replace(
        "well-\n", "well-"
    ).replace("\n", " ")


def test_a_soft_hyphen_at_the_end_of_a_line_goes() -> None:
    text = "Der Rat sprach lange über die alte Brü\xad\ncke und beschloss, sie im Herbst sperren zu lassen."
    trace = mend_lines(repair_characters(Trace.of(text)), is_widget)
    assert trace.text == text.replace("\xad\n", "")


LINKED = (
    "After receiving a lifeline from the investor⏎Northbank⏎, the harbour board sold the old ferry. The chair,⏎"
    "Bronagh Deasy⏎, said on⏎Facebook⏎that nobody had wanted it, although the⏎Harbour Gazette⏎had reported⏎"
    "the opposite⏎(and had been right).\n"
    "What the board says\n"
    "A spokeswoman of the⏎Western Ward⏎told this paper that the sale had been lawful, and that⏎an older contract⏎"
    "from 1998, which⏎Mr Kearton⏎had signed, was no longer⏎valid⏎.\n"
    "The ferry sails again in⏎May⏎, if the⏎council⏎agrees."
)


@pytest.mark.parametrize("lead", ["", " "])
def test_a_page_that_was_broken_at_each_link_has_its_sentences_again(lead: str) -> None:
    assert mended(LINKED.replace("⏎", f"\n{lead}")) == re.sub(r"⏎(?=[,.])", "", LINKED).replace("⏎", " ")


STAYS = {
    "list with signs": (
        "What we found in the lock:\n- two windlasses, one of them bent\n- a bicycle with no "
        "wheels\n- a milk churn"
    ),
    "list with numbers": (
        "1. the bridge over the river\n2. the ferry below the weir\n3. the path along the wall"
    ),
    "list in small letters": (
        "What we found in the mud of the lock\ntwo windlasses\na bicycle\na milk churn\nfourteen golf balls"
    ),
    "poem": (
        "Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\n"
        "Could frame thy fearful symmetry?"
    ),
    "poem in small letters": (
        "the river came at night\nand took the lower field\nand left us in the light\nwhat it "
        "would never yield"
    ),
    "song with a refrain": (
        "Heidi, heida, die Fahne raus,\nder Baum steht grade, der Baum steht aus,\nund wer nicht "
        "tanzt,\nder geht nach Haus."
    ),
    "recipe": "500 g flour\n3 eggs\na pinch of salt\nhalf a litre of milk\nbutter for the pan",
    "recipe de": "500 g Mehl\n250 g Butter\nzwei Eier\neine Prise Salz\netwas Milch",
    "score table": "Oberwehrda 3:1\nAltenrode 2:2\nLindau am Forst 0:4\nSaaletal 1:0",
    "results": "Upper Street 412\nLower Street 398\nMarket 377\nHarbour 355",
    "code": "for line in page:\n    if line.free:\n        line.mark = 1\n    total = total + 1",
    "heading over a paragraph": (
        "What was at the bottom\nPeople always want to know what we found, and nobody believes the "
        "list that we keep."
    ),
    "heading in English with a German article's look": (
        "The cold war\nNobody in the valley had heard of it before the men came with their maps and rods."
    ),
    "heading de": (
        "Was die Stadt jetzt vorhat\nAm Montag will der Rat noch einmal über die Brücke reden, "
        "sagte der Kämmerer am Freitag."
    ),
    "title and byline": (
        "Bridge opens after ten years\nBy Anna Keller | The Courier | May 5, 2020\nThe council met "
        "on Monday to vote."
    ),
    "dialogue": "“Why not?”\n“None of them is ours.”\n“Then whose are they?”",
    "interview": (
        "And if you are honest?\nIf I am honest, nobody ever read the protocol of that test, and "
        "nobody asked for it."
    ),
    "paragraphs that end": (
        "The council met on Monday, and it took until midnight.\nthe minutes, which are short, do "
        "not say why."
    ),
    "chinese sentences": "外婆八十三岁那年，决定学会用电脑。\n她的理由很充分：菜场的优惠券只在网上发。",
    "chinese dialogue": "“怎么不点？”\n“都不是我们家门口那个。”",
    "arabic poem": "قفا نبك من ذكرى حبيب ومنزل\nبسقط اللوى بين الدخول فحومل",
    "persian poem": (
        "بنی‌آدم اعضای یک پیکرند\nکه در آفرینش ز یک گوهرند\nچو عضوی به‌درد آورد روزگار\nدگر عضوها را نماند قرار"
    ),
    "brand names in small letters": (
        "Three machines were tested in the last week of the year\niPhone\niPad\neBook"
    ),
    "formula": (
        "The energy of a body at rest is, as is well known, given by\nE = m c²\nwhere c is the "
        "speed of light."
    ),
    "address": "Anna Keller\nHarbour Street 12\n26721 Emden",
    "bibliography": (
        "Aldous, Susan (1998). The tin trunk. Hallbeck: Parish Press.\n"
        "Braithwaite, Owen (2011). Who owns the path? Upland Quarterly 12.\n"
        "Kearton, Joseph (2018). Meadows and padlocks. Nether Stang: Self.\n"
        "Lukic, Stana (1953). Soup for ten. Unpublished account book, 212 pp."
    ),
    "menu in small letters": "home\npolitics\nthe arts\nsports and leisure\nletters\nabout the paper",
    "menu as browsers dump it": (
        "     * Home\n     * Politics\n     * The arts and the\n     * Letters to the editor\n   Search ____"
    ),
    "league table": (
        "1. Oberwehrda     12   9  2  1  31:9    29\n2. Altenrode      12   8  1  3  22:14   25\n"
        "3. Lindau         12   7  3  2  25:12   24\n4. Saaletal       12   6  2  4  18:15   20"
    ),
    "headlines of one length": (
        "The council votes again on the bridge over the canal\nWalkers find their own way round the fallen hillside\n"
        "Eleven weeks of salt at the old border post of Vranje\nWhy the ferry will not sail before the end of October"
    ),
    "items that fill their lines": (
        "- the two windlasses of the upper lock, one of them bent\n"
        "- the bicycle without wheels that nobody has asked for\n"
        "- the milk churn of the dairy that closed before the war"
    ),
    "wares and where they are": (
        "6) The whole story of the old canal in six volumes\nhttps://shop.example/canal-and-bridges-1\n"
        "7) The tin trunk: a history of the vestry in pictures\nhttps://shop.example/tin-trunk-and-keys-2"
    ),
    "one line": "Bridge opens after ten years",
    "nothing": "",
    "blanks": "\n\n \n",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=list(STAYS))
def test_lines_that_end_where_they_end_stay_apart(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "widget", ["Share on Facebook", "Read also: The long way home", "Log in | Register", "Advertisement"]
)
def test_a_widget_is_never_joined_to_a_sentence(widget: str) -> None:
    sentence = "The last survey of the lock was made more than twenty years ago by an officer who was called"
    for text in (f"{sentence}\n{widget}", f"{widget}\n{sentence.lower()}"):
        assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He left.", True), ("He said: “Go!”", True), ("走了。", True),
        ("ماذا؟", True), ("رفت.", True), ("He said:", True), ("The general is", False),
        ("the end,", False), ("Bridge opens", False),
        ("", False),
    ],
)  # fmt: skip
def test_a_closed_line_ends_as_sentences_end(text: str, said: bool) -> None:
    assert closed(text) is said


@pytest.mark.parametrize("text", ["Er sagte: „Geh!“", "Er sagte: ‚Geh!‘", "Il dit : « Va ! »"])
def test_quotation_marks_of_other_languages_close_a_line(text: str) -> None:
    assert closed(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the end", True),
        ("iPhone", False),
        ("The end", False),
        ("a b", True),
        ("где он", True),
        ("水", False),
        ("و قال", False),
    ],
)
def test_small_letters_say_that_a_sentence_goes_on(text: str, said: bool) -> None:
    assert starts_small(text) is said


LINES = st.sampled_from(
    [line for text in BROKEN.values() for line in re.split("[⏎\n]+", text)]
    + [line for text in STAYS.values() for line in text.split("\n")]
    + ["Share", "Menu", "-", "a", "über-", "schreiten"]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_mending_only_changes_what_stands_between_lines(lines: list[str], between: str) -> None:
    text = between.join(lines)
    trace = mend_lines(Trace.of(text), is_widget)
    for piece in trace.replaced():
        assert piece.raw.of(text).strip("-\u2010 \r\n") == ""
        assert piece.text.of(trace.text) in ("", " ")
    letters = str.maketrans("", "", "-\u2010 \r\n")
    assert trace.text.translate(letters) == text.translate(letters)


@given(st.lists(LINES, max_size=12))
def test_no_line_is_joined_to_a_widget(lines: list[str]) -> None:
    page = Page.of(Trace.of("\n".join(lines)))
    trace = mend_lines(page.trace, is_widget)
    kept = {line.text for line in Page.of(trace).lines}
    for before, after in pairwise(page.lines):
        if is_widget(before.text) and is_widget(after.text):
            assert not any(f"{before.text} {after.text}" in line for line in kept)


@given(st.text(alphabet="aB ,.-\u2010\n(港口", max_size=200))
def test_mending_takes_nothing_but_hyphens_at_line_ends(text: str) -> None:
    trace = mend_lines(Trace.of(text), is_widget)
    for piece in trace.replaced():
        assert piece.raw.of(text).strip(" \n") in ("", "-", "\u2010")
        assert piece.text.of(trace.text) in ("", " ")


def test_links_show_by_the_blanks_on_both_sides_of_them() -> None:
    """No line begins with a comma here, and all are as short as verse."""
    page = (
        "The stair leads from the \nTanner Street\n up to the \nLinden Square,\n has 43 steps of \nslate\n and rails.\n"
        "The glove is what matters.\nI wrote to the \nOffice of Roads,\n which had another name.\n"
    )
    text = mend_lines(repair_characters(Trace.of(page)), is_widget).text
    assert text.split("\n")[:3] == [
        "The stair leads from the Tanner Street up to the Linden Square, has 43 steps of slate and rails.",
        "The glove is what matters.",
        "I wrote to the Office of Roads, which had another name.",
    ]


def test_verse_behind_single_blanks_is_not_taken_for_broken_sentences() -> None:
    verse = " the boats are in\n the nets are dry\n nobody asks\n the harbour why\n and no one will\n till winter comes"
    assert mended(verse).split("\n") == verse.split("\n")
