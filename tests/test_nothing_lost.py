"""The one promise: every character of the input ends in exactly one place, and the input can be rebuilt."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpusclean import Cleaned, Config, Failure, Source, clean, clean_all
from corpusclean.decode import decode
from corpusclean.formats.jsonl import json_line
from corpusclean.formats.tables import record_row, removal_row
from corpusclean.model import rebuild

many = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

# Lines as real pages have them. A page made of any of them in any order must keep every promise.
MENUS = [
    "Home | News | Sport | Contact", "Log in   Register", "Menu", "Startseite", "Accueil > Culture > Musique",
    "ANASAYFA", "الرئيسية | أخبار | رياضة", "首页  新闻  体育", "Share on Facebook | Tweet | Email", "SharePrint",
    "Skip to main content", "© 2021 The Morning Example. All rights reserved.", "Back to top",
    "Главная Новости Спорт",
    "We use cookies to improve your experience on our website.", "Read also: The long way home",
    "Advertisement",
    "0:00 / 2:34", "1 of 2", "________", "►", "www.example.org desk@example.org",
    "Subscribe to our newsletter",
]  # fmt: skip
HEADS = [
    "Bridge opens after ten years", "By Anna Keller | The Example | May 5, 2020",
    "Von Jana Petzold | 3.5.2021",
    "3 mai 2021 – Hélène Marchetti", "Вера Толмачёва, 7 февраля 2023", "نویسنده: فرهاد نورزاده",
    "1400/02/13", "2021-05-03",
    "林若水　2023年8月16日", "Published 04/05/2021 | Updated 17/05/2021", "Opinion",
    "imageBridge opens after ten years",
    "Tags: bridge, river", "Previously published in The Harbour", "Redacción · 2023-06-17",
]  # fmt: skip
PROSE = [
    "The council met on Monday to vote on the new bridge over the river, and it took until midnight.",
    "Nobody had expected the vote to be so close: twelve members were for it, nine against, and one had left the room.",
    "“We should take it,” the mayor said, “and carry our share of the stone.” Then she left.",
    "ERBIL, Kurdistan Region -- The bridge was closed for almost nine years, and opens to traffic on Monday.",
    "General White is",
    " the top commander in the town, and he warned that it could be a long and costly winter for all.",
    "Die Brücke war fast neun Jahre lang gesperrt, und am Montag wird sie wieder geöffnet, sagte die Stadt am Freitag.",
    "Le pont était fermé depuis près de neuf ans ; il rouvre lundi, a annoncé la mairie vendredi soir.",
    "Мост был закрыт почти девять лет, а в понедельник его снова откроют, сообщила мэрия в пятницу вечером.",
    "أعلنت البلدية يوم الجمعة أن الجسر القديم الذي ظل مغلقا نحو تسع سنوات سيفتح من جديد يوم الاثنين.",
    "پل قدیمی روی رودخانه که نزدیک به نه سال بسته بود، روز دوشنبه دوباره به روی خودروها باز می‌شود.",
    "这座桥关闭了将近九年，市政府周五宣布，周一将重新开放，届时老人们会第一批走过去。",
    "- two windlasses, one of them bent like a question mark", "Tyger Tyger, burning bright,",
    "Upper Street 412",
    "It leaks.", "* * *", "1.", "What was at the bottom",
]  # fmt: skip
COMMENTS = [
    "2 comments", "Anna • 12 days ago", "I walk there every day and I would miss it.",
    "14 ▲ ▼ • Reply • Share ›",
    "Leave a reply", "Your email address will not be published.", "No comments:", "Kommentare (3)",
    "نظر شما", "评论",
    "Anna Keller is a reporter who lives near the river.", "Photo: Jane Doe", "(Foto: Max Muster)",
    "Most read",
]  # fmt: skip
ACCIDENTS = [
    "Tom &amp;amp; Jerry donâ€™t know&nbsp;it, and the caf\u00c3\u00a9 is closed.", "sh\u00adare",
    "\u200b", "\ufeff\u200b\u2060",
    "\u200bBridge opens after ten years\u200b", "&#173;&shy;", "&#x1F;&#0;", "a\u0000b", "\ufffd",
    "x\u00a0\u00a0y", "\u2028",
    "one\u000btwo", "\u0085", "a\tb\tc", "\u202bسلام\u202c", "e\u0301", "\u200d", "ﷺ", "𝒜", "&lt;p&gt;",
    "&", "Ã", "\x1c",
    "über-\nschreiten der Br\u00fcck\u00ade", "-", "\ud800",
]  # fmt: skip
LINES = MENUS + HEADS + PROSE + COMMENTS + ACCIDENTS
ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n", " \n", "\n ", "\r", "\n\t", "", "  ", "\x0c"]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page of realistic lines, some of which stand more than once, with line ends of all kinds."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=25))
    if draw(st.booleans()):
        lines += lines[: draw(st.integers(0, len(lines)))]
    usual = draw(st.sampled_from(ENDS[:4]))
    ends = st.one_of(st.just(usual), st.sampled_from(ENDS))
    return "".join(line + draw(ends) for line in lines)


def check(cleaned: Cleaned) -> None:
    """All that holds of any page."""
    text = cleaned.raw.text
    spans = [span for record in cleaned.records for span in record.spans]
    taken = spans + [(removal.start, removal.end) for removal in cleaned.removed]
    fates = Counter(at for start, end in taken for at in range(start, end))
    assert [at for at, character in enumerate(text) if fates[at] != 1 and not character.isspace()] == []
    assert all(start < end for start, end in taken)
    assert spans == sorted(spans), "paragraphs stand in the order of the source"
    for record in cleaned.records:
        assert len(record.text.split("\n\n")) == len(record.spans)
        assert all(paragraph.strip() for paragraph in record.text.split("\n\n"))
    for removal in cleaned.removed:
        assert removal.text == text[removal.start : removal.end]
        assert removal.rule
        assert removal.reason
    for repair in cleaned.repaired:
        assert repair.before == text[repair.start : repair.end]
    for span in cleaned.blanks():
        assert span.of(text).isspace()
    parts = [record.part for record in cleaned.records]
    assert parts == sorted(set(parts))
    assert len({record.id for record in cleaned.records}) == len(parts)


def told(results: Iterator[Cleaned | Failure]) -> list[bytes]:
    """Results as they are written."""
    rows: list[bytes] = []
    for result in results:
        assert isinstance(result, Cleaned), result
        rows += [json_line(record_row(record)) for record in result.records]
        rows += [json_line(removal_row(removal)) for removal in result.removed]
        rows += [json_line(repair) for repair in result.repaired]
        rows.append(json_line(result.remainder()))
    return rows


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_reversibly(data: bytes) -> None:
    assert decode(data).encode() == data


@many
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00")
@example(b"caf\xe9 \x00\x81")
@example("\u200b".encode())
def test_any_bytes_come_back(data: bytes) -> None:
    cleaned = clean(data)
    assert cleaned.restore() == data
    check(cleaned)


@many
@given(st.text(max_size=300))
@example("&#173;")
@example("Hello.\u200b&shy;\u2060")
def test_any_text_comes_back(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.restore() == text.encode()
    check(cleaned)


@settings(many, max_examples=300)
@given(pages())
@example(
    "\u200bBridge opens after ten years\u200b\n\n" + PROSE[0] + "\u00ad\u200b\u2060\n\nShare\u200b\nTweet"
)
@example(PROSE[0] + "\r\n\r\n" + PROSE[1] + "\r\nSharePrint\r\n")
@example("a\r\r\nb\n\rc")
def test_any_page_comes_back_and_each_character_has_one_fate(page: str) -> None:
    cleaned = clean(page)
    assert cleaned.restore() == page.encode("utf-8", "surrogatepass")
    check(cleaned)


@few
@given(
    pages(),
    st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "cp1251", "iso-8859-9", "gb18030", "shift_jis"]),
)
def test_a_page_in_another_encoding_comes_back(page: str, encoding: str) -> None:
    data = page.encode(encoding, "ignore" if encoding != "gb18030" else "replace")
    cleaned = clean(data)
    assert cleaned.restore() == data
    check(cleaned)


@few
@given(pages(), st.sampled_from(["utf-8", "latin-1", "cp1251", "utf-16-le", "ascii"]))
def test_a_wrong_declaration_loses_nothing(page: str, declared: str) -> None:
    data = page.encode("utf-8", "surrogatepass")
    cleaned = clean(Source("a.txt", data, declared), Config(encoding=declared))
    assert cleaned.restore() == data
    check(cleaned)


@few
@given(pages())
def test_a_page_is_rebuilt_from_what_is_written_alone(page: str) -> None:
    cleaned = clean(page)
    rebuilt = rebuild(
        cleaned.remainder(), cleaned.records[::-1], cleaned.removed[::-1], cleaned.repaired[::-1]
    )
    assert rebuilt == cleaned.raw


@few
@given(pages())
def test_the_same_page_is_cleaned_the_same_way_twice(page: str) -> None:
    assert clean(page) == clean(page)


@settings(few, max_examples=15)
@given(st.lists(pages(), max_size=4), st.sampled_from(["drop", "mark"]), st.sampled_from(["drop", "mark"]))
def test_a_run_keeps_the_promise_whatever_is_dropped(drawn: list[str], duplicates: str, shared: str) -> None:
    config = Config(duplicates=duplicates, shared=shared)  # type: ignore[arg-type]
    sources = [*drawn, *drawn[:1]]
    for page, result in zip(sources, clean_all(sources, config=config), strict=True):
        assert isinstance(result, Cleaned)
        assert result.restore() == page.encode("utf-8", "surrogatepass")
        check(result)


def varied_pages() -> list[Source]:
    """Pages that share passages, and one that stands twice."""
    texts = ["\n".join([LINES[(n * 7 + k * (n + 3)) % len(LINES)] for k in range(30)]) for n in range(12)]
    texts += [texts[2], "\n\n".join(PROSE[:10]), "\n\n".join(["Another head for it", *PROSE[:10]])]
    return [Source(f"{n}.txt", text.encode("utf-8", "surrogatepass")) for n, text in enumerate(texts)]


def test_the_number_of_jobs_changes_nothing() -> None:
    assert told(clean_all(varied_pages(), jobs=2)) == told(clean_all(varied_pages(), jobs=1))


def test_a_run_is_the_same_twice() -> None:
    assert told(clean_all(varied_pages())) == told(clean_all(varied_pages()))


# Paragraphs of plain prose: one sentence or more, of some length, none of which says what another says.
ENGLISH = [
    "The council met on Monday to vote on the new bridge over the river, and it took until midnight.",
    "Nobody had expected the vote to be so close: twelve members were for it, and nine of them against.",
    "Below the weir the water is still brown from the rain of the last week, which tore away two jetties.",
    "An engineer from the capital, who had drawn the first plans in 1998, came by train and took no part in it.",
    "Her brother keeps the ferry; he says that he has carried more people in a month than live in the valley.",
    "What it will cost, the treasurer would not say, but he looked as though he knew it to the last coin.",
]
GERMAN = [
    "Der Rat tagte am Montag bis Mitternacht, um über die neue Brücke zu entscheiden, die seit Jahren geplant ist.",
    "Unterhalb des Wehrs ist das Wasser noch braun vom Regen der letzten Woche, der zwei Stege mitgerissen hat.",
    "Ihr Bruder betreibt die Fähre; er hat in einem Monat mehr Leute übergesetzt, als im ganzen Tal wohnen.",
    "Was das alles kosten soll, wollte der Kämmerer nicht sagen, sah aber aus, als wüsste er es genau.",
]
RUSSIAN = [
    "Совет заседал в понедельник до полуночи и решал, строить ли новый мост через реку у старой мельницы.",
    "Ниже плотины вода всё ещё бурая после дождей, которые на прошлой неделе унесли два причала и лодку.",
    "Её брат держит паром и говорит, что за месяц перевёз больше людей, чем живёт во всей долине.",
]
ARABIC = [
    "اجتمع المجلس يوم الاثنين حتى منتصف الليل للتصويت على الجسر الجديد فوق النهر قرب الطاحونة القديمة.",
    "ما زالت المياه تحت السد عكرة بسبب أمطار الأسبوع الماضي التي جرفت رصيفين وقاربا صغيرا إلى البحر.",
    "يقول شقيقها الذي يدير العبارة إنه نقل في شهر واحد أكثر مما يعيش في الوادي كله من الناس.",
]
CHINESE = [
    "议会星期一开会到半夜，就老磨坊旁边那座新桥进行表决，没有人料到票数会这样接近。",
    "上周的大雨冲走了两座码头和一条小船，水坝下面的河水到现在还是黄的，渔民们只好在家里修网。",
    "她的哥哥经营渡船，说自己一个月里送过河的人，比整个山谷里住的人还要多出一倍。",
]
PLAIN = {
    "Bridge opens after ten years": ENGLISH,
    "Neue Brücke wird nach zehn Jahren eröffnet": GERMAN,
    "Новый мост открыли через десять лет": RUSSIAN,
    "افتتاح الجسر الجديد بعد عشر سنوات": ARABIC,
    "新桥十年后终于通车": CHINESE,
}


@st.composite
def plain_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A headline and paragraphs of one language."""
    headline, paragraphs = draw(st.sampled_from(list(PLAIN.items())))
    return headline, draw(st.permutations(paragraphs))[: draw(st.integers(1, len(paragraphs)))]


@settings(many, max_examples=60)
@given(plain_texts(), st.sampled_from(["\n\n", "\n", "\r\n", "\n\n\n"]))
def test_plain_prose_comes_back_whole(drawn: tuple[str, list[str]], between: str) -> None:
    _, paragraphs = drawn
    cleaned = clean(between.join(paragraphs) + "\n")
    assert [record.text.split("\n\n") for record in cleaned.records] == [paragraphs]
    assert cleaned.removed == ()
    assert cleaned.records[0].title is None


@settings(many, max_examples=60)
@given(plain_texts())
def test_plain_prose_under_a_headline_loses_the_headline_only(drawn: tuple[str, list[str]]) -> None:
    headline, paragraphs = drawn
    cleaned = clean("\n\n".join([headline, *paragraphs]))
    assert [record.text.split("\n\n") for record in cleaned.records] == [paragraphs]
    assert [(removal.rule, removal.text) for removal in cleaned.removed] == [("title.line", headline)]


@settings(many, max_examples=60)
@given(plain_texts())
def test_a_clean_text_is_left_as_it_is(drawn: tuple[str, list[str]]) -> None:
    """What came out of a page with widgets goes in again and comes out whole."""
    headline, paragraphs = drawn
    page = "\n".join([MENUS[0], "", headline, HEADS[1], "", "\n\n".join(paragraphs), "", MENUS[8], MENUS[11]])
    once = clean(page)
    assert [record.text.split("\n\n") for record in once.records] == [paragraphs]
    again = clean(once.records[0].text)
    assert [record.text for record in again.records] == [once.records[0].text]
    assert again.removed == ()


@many
@given(pages())
def test_the_text_of_a_record_needs_no_more_repair(page: str) -> None:
    for record in clean(page).records:
        again = clean(record.text)
        characters = [
            repair for repair in again.repaired if not repair.rule.startswith(("lines.", "spacing."))
        ]
        assert characters == []


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_spelling_is_never_touched(form: str) -> None:
    text = unicodedata.normalize(
        form, "Der Rat tagte in Çeşme, naïve Gäste aßen Crème fraîche im Café — ﬁn, ﷺ, ½ und №."
    )
    assert clean(text).records[0].text == text
