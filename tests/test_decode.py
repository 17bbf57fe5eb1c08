"""Decoding: whatever the bytes are, the text gives them back; and it is the text that was written."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpusclean.decode import decode, looks_binary
from corpusclean.errors import InputError

TEXTS = {
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl včera večer mluvčí ministerstva a šel domů.",
    "pl": "Zażółć gęślą jaźń, powiedział wczoraj rzecznik rządu, a później wyjechał do Łodzi i już nie wrócił.",
    "ru": "Правительство сообщило вчера, что новый мост через реку откроют только будущей весной.",
    "fr": "L’été dernier, le maire a déclaré que l’école serait rénovée très bientôt, grâce à l’État.",
    "tr": "Başbakan dün akşam yaptığı açıklamada, köprünün gelecek yıl açılacağını ve ücretsiz olacağını söyledi.",
    "ar": "أعلنت الحكومة أمس أن الجسر الجديد فوق النهر سيفتح في العام القادم، وقال الوزير إن العمل مستمر.",
    "el": "Η κυβέρνηση ανακοίνωσε χθες ότι η νέα γέφυρα πάνω από το ποτάμι θα ανοίξει την επόμενη άνοιξη.",
    "he": "הממשלה הודיעה אתמול שהגשר החדש מעל הנהר ייפתח רק באביב הבא, כך אמר דובר העירייה.",
    "ja": "政府は昨日、川にかかる新しい橋が来年の春に開通すると発表しました。工事は続いています。",
    "zh": "政府昨天宣布，河上的新桥将于明年春天开放。市长说，工程进展顺利，市民不必担心。",
    "zh-TW": "政府昨天宣布，河上的新橋將於明年春天開放。市長說，工程進展順利，市民不必擔心。",
    "ko": "정부는 어제 강 위의 새 다리가 내년 봄에 열릴 것이라고 발표했다. 공사는 계속되고 있다.",
    "th": "รัฐบาลประกาศเมื่อวานนี้ว่าสะพานใหม่ข้ามแม่น้ำจะเปิดในฤดูใบไม้ผลิปีหน้า",
}
LEGACY = [
    ("cs", "windows-1250"), ("pl", "windows-1250"), ("pl", "iso-8859-2"), ("ru", "windows-1251"), ("ru", "koi8-r"),
    ("ru", "iso-8859-5"), ("fr", "windows-1252"), ("tr", "windows-1254"), ("ar", "windows-1256"),
    ("el", "windows-1253"), ("he", "windows-1255"), ("ja", "shift_jis"), ("ja", "euc-jp"), ("zh", "gb18030"),
    ("zh-TW", "big5"), ("ko", "euc-kr"), ("th", "cp874"),
]  # fmt: skip
BYTES = st.binary() | st.lists(
    st.sampled_from([b"\0", b"\xff", b"\xfe", b"\xc3", b"\xa9", b"\x81", b"\x1b$B", b"\x1b(B", b"text ", b"\xe2\x80"])
    | st.text(max_size=5).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.binary(max_size=4)
).map(b"".join)  # fmt: skip


@given(BYTES, st.sampled_from([None, "windows-1252", "shift_jis", "gb18030", "utf-16", "big5", "utf-8"]))
@example(b"", None)
@example(b"\xff\xfe", None)
@example(b"\xff\xfea\0b", None)
@example(b"\xed\xa0\x80 lone surrogate", None)
@example(b"\xef\xbb\xbfBOM and \xe9", None)
def test_any_bytes_come_back(data: bytes, declared: str | None) -> None:
    assert decode(data, declared).encode() == data


@given(st.text())
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode().replace("\0", "").replace("\x1b", "")
    assert decode(clean.encode()).text == clean or clean.startswith(("\ufffe", "\uffff"))


@pytest.mark.parametrize(("name", "encoding"), LEGACY)
def test_a_legacy_encoding_is_detected(name: str, encoding: str) -> None:
    assert decode(TEXTS[name].encode(encoding)).text == TEXTS[name]


@pytest.mark.parametrize(
    ("name", "encoding"), [(name, encoding) for name, encoding in LEGACY if name not in "zh-TW"]
)
def test_a_byte_without_meaning_does_not_change_the_encoding(name: str, encoding: str) -> None:
    written = f"{TEXTS[name]}\n" * 9
    data = written.encode(encoding)
    bad = b"\x81\n" if "1250" in encoding or "1252" in encoding else b"\x80\n"
    raw = decode(data + bad + data)
    assert raw.text.startswith(written)
    assert raw.text.endswith(written)
    assert raw.encode() == data + bad + data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["fr", "ru", "ar", "he"])
def test_wide_encodings_are_read_with_and_without_a_mark(name: str, encoding: str) -> None:
    data = TEXTS[name].encode(encoding)
    mark = "\ufeff".encode(encoding)
    assert decode(data).text == TEXTS[name]
    assert decode(mark + data).text == "\ufeff" + TEXTS[name]
    assert decode(mark + data + b"!").strays == ((len(TEXTS[name]) + 1, ord("!")),)
    assert looks_binary(data) is None


def test_the_mark_of_utf_8_stays_a_character() -> None:
    raw = decode(codecs.BOM_UTF8 + b"Title")
    assert (raw.text, raw.encoding) == ("\ufeffTitle", "utf-8")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_page_that_is_cut_within_a_character_is_utf_8(cut: int) -> None:
    data = (TEXTS["fr"] + "😀").encode()[:-cut]
    raw = decode(data)
    assert raw.encoding == "utf-8"
    assert len(raw.strays) == 4 - cut
    assert raw.text.startswith(TEXTS["fr"])


def test_a_pasted_windows_word_in_utf_8_is_read() -> None:
    raw = decode("Das Café öffnet früh: ".encode() + "„Größe“ – naïve".encode("cp1252"))
    assert raw.text == "Das Café öffnet früh: „Größe“ – naïve"
    assert raw.encoding == "utf-8"


def test_a_western_page_with_some_utf_8_in_it_is_read_as_both() -> None:
    raw = decode("Für Größe und Maß, täglich früh geöffnet. ".encode("cp1252") + "Unterstützen".encode())
    assert raw.text.endswith("geöffnet. Unterstützen")


def test_a_declared_encoding_decides_what_detection_cannot() -> None:
    word = "Łódź"
    assert decode(word.encode("cp1250"), "windows-1250").text == word
    assert decode(b'<meta charset="windows-1250"> ' + word.encode("cp1250")).text.endswith(word)
    assert decode(b'<?xml version="1.0" encoding="ISO-8859-2"?>' + word.encode("iso-8859-2")).text.endswith(
        word
    )
    assert decode(b'<meta content="text/html; charset=x-klingon"> caf\xe9').text.endswith("café")


def test_a_declared_encoding_does_not_override_utf_8() -> None:
    assert decode("naïve".encode(), "iso-8859-1").text == "naïve"
    assert decode("naïve".encode(), "no-such-encoding").text == "naïve"


def test_latin_1_means_windows_1252() -> None:
    assert decode(b"\x93so\x94 \x96 \x80", "iso-8859-1").text == "“so” – €"


@pytest.mark.parametrize(
    "name", ["windows-125x", "shift-jsi", "base64", "unicode_escape", "idna", "a\0b", ""]
)
def test_an_unknown_encoding_is_named(name: str) -> None:
    if not name:
        assert decode(b"caf\xe9", name).text == "café"
        return
    with pytest.raises(InputError) as caught:
        decode(b"caf\xe9", name)
    assert name in str(caught.value)


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(InputError, match="windows-125"):
        decode(b"caf\xe9", "window-1252")


def test_characters_that_are_encoded_otherwise_are_strays() -> None:
    # 0xFA 0x54 is "¬" in code page 932, which is written back as 0x81 0xCA.
    data = TEXTS["ja"].encode("cp932") + b"\xfa\x54" + TEXTS["ja"].encode("cp932")
    raw = decode(data)
    assert raw.text.startswith(TEXTS["ja"])
    assert raw.text.endswith(TEXTS["ja"])
    assert raw.encode() == data


def test_iso_2022_is_not_taken_for_ascii() -> None:
    assert decode(TEXTS["ja"].encode("iso2022_jp")).text == TEXTS["ja"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.4\n", "PDF"), (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG image"), (b"PK\x03\x04\x14\0\x06\0", "ZIP archive"),
        (b"PK\x03\x04\x14\0word/document.xml", "Word document"), (b"\x1f\x8b\x08\0", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word document"),
        (b"SQLite format 3\0", "SQLite"), (b"\0" * 99, "binary data"), (bytes(range(256)) * 9, "binary data"),
        (b"\xff\xd8\xff\xe0", "JPEG image"), (b"RIFF....WEBPVP8 ", "WebP image"),
    ],
)  # fmt: skip
def test_binaries_are_told_and_still_decode(data: bytes, name: str) -> None:
    assert looks_binary(data) == name
    assert decode(data).encode() == data


@pytest.mark.parametrize(("name", "encoding"), LEGACY)
def test_legacy_text_is_not_binary(name: str, encoding: str) -> None:
    assert looks_binary(TEXTS[name].encode(encoding)) is None


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    text = b"A line of a long text, and one more of it.\n" * 250
    assert looks_binary(text[:5000] + b"\0" + text[5000:]) is None
    assert decode(text[:5000] + b"\0" + text[5000:]).encoding == "utf-8"
    assert looks_binary(b"") is None
    assert looks_binary(b"PK is a name, BZh too") is None
