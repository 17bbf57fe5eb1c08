"""Repairs of characters: they mend accidents, leave every honest text alone, and can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.model import Trace
from corpusclean.repair import REPAIRS, repair_characters

CLEAN = {
    "en": "“It’s the mayor’s bridge,” she said – AT&T, R&D and Q&A; x < y, 5 ° C, naïve cafés… © 2020 * £5 ± 2%",
    "de": "Die „Größe“ der Brücke – 35 m – überrascht: ÄÖÜ, Straße, 20 €, § 5, »so«, „Ä“… Maß & Ziel",
    "fr": "« L’été », dit-il : « Ça va ? » Où ? À l’ÉTÉ… cœur, Noël, 10 °C, n° 5, l’État – « Âge » ; façade",
    "es": "¿Qué pasó? ¡Año nuevo! «El niño», 5 ª, ÑANDÚ, Í… “Ó” pingüino — 20 €",
    "pt": "A IRMÃ… “MANHÔ, SÃO PAULO, AMANHû — não, às três; avó, Ângela, à mão, À VISTA",
    "pl": "„Zażółć gęślą jaźń” – ŁÓDŹ, Ś… Ć” mają są, »Ź«, pięć 5 zł",
    "cs": "„Příliš žluťoučký kůň“ – ČÁRKOU… Ď, Ť, ŮŽE“, 5 Kč",
    "tr": "“İstanbul’da” ŞİŞLİ’DE, Ğ… ğ, ÇAĞRI” — ÜÖ, 5 ₺, kâğıt",
    "vi": "“Chữ Â và chữ Ă”, Ê… Đà Nẵng – ƠƯ, chữ Ã, xã hội, VIỆT NAM”",
    "is": "„Það er gott“ – ÐÞ… ORД, æðislegt, ÍSLAND»",
    "ro": "„ȘTIRI și țări” – Â, Î… COBORÂ”, în",
    "ru": "«Её дом», СССР… РФ» — №5, ёлка, ВС, РЖД”, ГДЕ «Е», С–Р, Россия",
    "uk": "«Він їв», Її… ҐАНОК, Сіль, Ні, Рік», Ві, пів’яблука — №5",
    "sr": "Ђорђе, ЂАК… Љ, Њ, Џ», Ћ” – вЂк, љубав",
    "el": "«Ο Όμηρος», Ξέρω… ΑΘΗΝΑ», Έ”, ΐ, άέήίόύώ — 5 €",
    "he": "״שלום״ – מה שלומך? ירושלים… (ABC)\u200f, צה״ל, קוֹל",
    "ar": "«ظهر العراق»، طريق؛ عطلة؟ غطاء… ظُلم، وَعَدَ — ١٢٣، ط، ظ، ع، غ",
    "fa": "می\u200cشود؛ خانه\u200cها، عکس «عطر» طرح، موضوع» شعاع… ظهر؟ غذا، ۱۲\u200cساله، ه\u200d.ش. نقاط،عکس",
    "ur": "اردو کی خبریں، عکاسی؛ طاقت؟ ظلم… غلط۔ ”ع“ ط، وزیرِ اعظم ہیں",
    "hi": "हिन्दी में क्\u200dष, शक्\u200cति “समाचार” – ५ रु।",
    "th": "“ข่าว” วันนี้… ๕ บาท – น้ำ\u200bท่วม",
    "zh": "“桥”明年开放，《新闻》……（完）——５％ 、首页\u3000要闻",
    "ja": "「橋」は来年…（終）ー、ｶﾀｶﾅ、①②、～",
    "ko": "“다리”는 내년… (끝) ― 5%, 한·미",
    "marks": "👩\u200d🚀 👁\ufe0f\u200d🗨\ufe0f 🏴\U000e0067\U000e007f ❤\ufe0f ﬁne Å e\u0301 ½ ² → ≤ ∞ √2 ƒ ≈ †",
}


def repaired(text: str) -> str:
    return repair_characters(Trace.of(text)).text


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_honest_text_stays_as_it_is(text: str) -> None:
    trace = Trace.of(f"{text}\n\n{text.upper() if 'ß' not in text else text}\n")
    assert repair_characters(trace) is trace


WRITTEN = {
    "de": "Die Größe der Brücke überrascht täglich – „schön“, sagt der Bürgermeister für alle Fälle.",
    "fr": "L’été dernier, le maire a déclaré que l’école serait rénovée à la fin de l’année, déjà.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl včera večer mluvčí.",
    "ru": "Правительство сообщило вчера, что новый мост и Россия готовы. Это — важно!",
    "el": "Η κυβέρνηση ανακοίνωσε χθες ότι η γέφυρα θα ανοίξει.",
    "ar": "أعلنت الحكومة أمس أن الجسر الجديد، وهو في العراق، سيفتح عام ٢٠٢٠؟ قال الحاج ذلك.",
    "fa": "دولت ایران گفت که می\u200cشود پل را در سال ۱۳۹۹ ساخت؛ چرا؟ گزارش ژاله و حسین.",
    "ur": "حکومت نے کہا ہے کہ نیا پل اگلے سال کھلے گا، اور ٹھیکہ بڑا ہے۔",
    "zh": "政府昨天宣布，新桥将于明年开放。",
}


def misread(text: str, encoding: str) -> str:
    """The text, as who reads its UTF-8 in another encoding sees it."""
    return "".join(bytes((byte,)).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8"))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(name, "cp1252") for name in WRITTEN]
    + [(name, "latin-1") for name in WRITTEN]
    + [
        ("ru", "cp1251"),
        ("de", "cp1251"),
        ("de", "cp1250"),
        ("cs", "cp1250"),
        ("de", "iso8859-15"),
        ("de", "cp1254"),
    ]
    + [("ar", "cp1256"), ("fa", "cp1256"), ("ur", "cp1256"), ("de", "mac_roman"), ("fr", "mac_roman")],
)
def test_misread_text_is_read_again(name: str, encoding: str) -> None:
    text = WRITTEN[name]
    assert repaired(misread(text, encoding)) == text
    assert (
        repaired(f"A line before.\n{misread(text, encoding)}\nand one after")
        == f"A line before.\n{text}\nand one after"
    )


@pytest.mark.parametrize("name", WRITTEN)
def test_text_that_was_misread_twice_is_read_twice(name: str) -> None:
    assert repaired(misread(misread(WRITTEN[name], "cp1252"), "cp1252")) == WRITTEN[name]


@pytest.mark.parametrize("name", ["ar", "fa", "ur"])
@pytest.mark.parametrize("lost", ["\xad", "\u200c", "\u200d", "\u200e"])
def test_misread_arabic_script_is_read_again_when_invisible_bytes_are_lost(name: str, lost: str) -> None:
    text = WRITTEN[name].replace("\u200c", " ")
    assert repaired(misread(text, "cp1256").replace(lost, "")) == text


@pytest.mark.parametrize(
    ("name", "encoding"), [("ru", "cp1252"), ("ru", "cp1251"), ("fr", "cp1252"), ("ar", "cp1256")]
)
def test_misread_text_is_read_again_when_no_break_spaces_became_plain(name: str, encoding: str) -> None:
    assert repaired(misread(WRITTEN[name], encoding).replace("\xa0", " ")) == WRITTEN[name]


def test_lines_that_prove_nothing_follow_those_that_do() -> None:
    lines = ["و", "دولت ایران گفت", "در سال ۱۳۹۹", "گزارش از تهران", "به"]
    page = "\n".join(misread(line, "cp1256") for line in lines)
    assert repaired(page) == "\n".join(lines)
    assert repaired(misread("و", "cp1256")) == misread("و", "cp1256")


def test_honest_letters_beside_misread_ones_stay() -> None:
    assert repaired("Über die BrÃ¼cke – „schÃ¶n“") == "Über die Brücke – „schön“"
    assert repaired("عکس: ط§غŒط±ط§ظ† عکس") == "عکس: ایران عکس"


def test_nothing_becomes_a_replacement_character() -> None:
    assert repaired("BrÃ¼cke ï¿½ Br\ufffdcke ¿") == "Brücke ï¿½ Br\ufffdcke ¿"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("&amp;amp;amp;quot;Ja&amp;quot;", '"Ja"'), ("&acirc;&euro;&trade;s", "’s"), ("it&#226;&#128;&#153;s", "it’s"),
        ("a&nbsp;&nbsp;b &#8203;", "a  b"), ("a&#10;b&#13;", "a b"), ("&am\u200bp; so", "& so"), ("&shy;&zwnj;x", "x"),
        ("one\xa0\n\xa0\ntwo\u2009 \r\n", "one\n\ntwo\r\n"), ("\ufeffA\u2060B\u200b", "AB"), ("\ud800 so", "\ud800 so"),
        ("&lt;b&gt;&lt;/b&gt;", "<b></b>"), ("dé\xadjà", "déjà"), ("e\u0301te\u0301", "e\u0301te\u0301"),
    ],
)  # fmt: skip
def test_repairs_work_together(before: str, after: str) -> None:
    assert repaired(before) == after


PIECES = st.sampled_from([
    "&amp;", "&", "amp;", "&#8217;", "&nbsp;", "lt;", "<", "Ã", "©", "â€™", "â€", " ", "  ", "\xa0", "\u200b", "\u200c",
    "\xad", "\n", "\r\n", "\t", "a", "É", "ط", "ظ", "§", "„", "Р", "С", "џ", "Ð", "¸", "\x85", "\x00", "\u2028", "می",
    "\u200f", '"', "🙂", "\ud800", "Â", "Å", "к",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text()


@given(TEXTS)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair_characters(Trace.of(text))
    again = repair_characters(Trace.of(once.text))
    assert again.text == once.text


@given(TEXTS)
def test_every_repair_can_be_undone(text: str) -> None:
    trace = repair_characters(Trace.of(text))
    assert trace.raw == text
    for piece in trace.pieces:
        assert piece.rules or piece.raw.of(trace.raw) == piece.text.of(trace.text)
    undone = "".join(
        (piece.raw.of(text) if piece.rules else piece.text.of(trace.text)) for piece in trace.pieces
    )
    assert undone == text


@given(TEXTS)
def test_each_repair_alone_settles(text: str) -> None:
    for repair in REPAIRS:
        trace = Trace.of(text)
        for _ in range(8):
            edits = list(repair(trace.text))
            assert all(edit.after != edit.span.of(trace.text) for edit in edits)
            if not edits:
                break
            trace = trace.apply(edits)
        assert not repair(trace.text)


@given(TEXTS)
def test_no_repair_writes_a_replacement_character(text: str) -> None:
    assert repaired(text).count("\ufffd") <= text.count("\ufffd")


@pytest.mark.parametrize(
    "piece",
    [
        "&",
        "&amp",
        " ",
        "Ã",
        "\xa0",
        "ط§",
        "ط",
        "ظ ",
        "Â ",
        "â€",
        "\u200c",
        "\x00",
        "&#1",
        "Р ",
        "html ",
        "\t",
        '"Ã©',
    ],
)
def test_long_rows_of_one_thing_come_to_an_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(repaired(text)) <= len(text)
