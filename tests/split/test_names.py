"""What looks like a name, and whose: a person's, or a publisher's."""

from __future__ import annotations

import pytest

from corpusclean.split.names import is_name, is_person, is_publisher, is_title_of_paper, people

PERSONS = [
    "Anna Keller", "Anna van der Berg", "José Luis García Márquez", "Jean-Pierre O’Neill",
    "A. B. Keller", "Dr. Anna Keller",
    "Вера Толмачёва", "Григорий И. Ланской", "Hélène Marchetti", "Cemal Oğuzhan", "Şêx Ûsiv",
    "Ingrid Åström", "Mirko Sandvoß",
]  # fmt: skip
CASELESS = ["فرهاد نورزاده", "ریم عيسى", "ئازاد کەریم", "林若水", "周晓岚", "محمد بن سلمان"]
SENTENCES = [
    "the end of it", "He left. She too.", "Who left?", "the council met", "in the town hall",
    "He said: no", "12", "", "…",
    "A line that has far too many words to be a name", "and then the rain came", "она ушла домой",
    "und dann kam der Regen",
]  # fmt: skip
HOUSES = [
    "Press TV", "Example.org", "The Grayling", "Saaletaler Nachrichten", "Deichbote", "Le Journal",
    "El Faro", "Calderwick Courier",
    "Harbour News", "Новости Арктики", "خبرگزاری دریا", "روزنامه شرق", "صحيفة المدار", "滨江在线", "人民日报",
    "Kıyı Haber Ajansı",
    "REUTERS", "Sputnik", "example.co.uk", "Upland Magazine", "Rojnameya Welat",
]  # fmt: skip


@pytest.mark.parametrize("text", [*PERSONS, *CASELESS])
def test_a_name_is_a_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_no_publisher(text: str) -> None:
    assert not is_publisher(text)
    assert is_person(text)


@pytest.mark.parametrize("text", HOUSES)
def test_a_publisher_is_no_person(text: str) -> None:
    assert is_publisher(text)
    assert not is_person(text)


@pytest.mark.parametrize(
    "text", ["Gesundheit vor Ort", "Wind und Meer", "Journal of the Harbour", "Notes on Water"]
)
def test_a_paper_may_have_small_words_inside(text: str) -> None:
    assert is_title_of_paper(text)


@pytest.mark.parametrize(
    "text", ["His death on", "the End of Time", "He left. She stayed", "Who owns the path?"]
)
def test_a_fragment_is_no_paper(text: str) -> None:
    assert not is_title_of_paper(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jana Petzold und Mirko Sandvoß", ("Jana Petzold", "Mirko Sandvoß")),
        ("Anna Keller, Tom Baker and Ruth Meyer", ("Anna Keller", "Tom Baker", "Ruth Meyer")),
        ("Anna Keller & Tom Baker", ("Anna Keller", "Tom Baker")),
        ("Hélène Marchetti et Paul Vidal", ("Hélène Marchetti", "Paul Vidal")),
        ("Ana Ruiz y Luis Prado", ("Ana Ruiz", "Luis Prado")),
        ("Cemal Oğuzhan ve Ayşe Demir", ("Cemal Oğuzhan", "Ayşe Demir")),
        ("Вера Толмачёва и Илья Мохнаткин", ("Вера Толмачёва", "Илья Мохнаткин")),
        ("فرهاد نورزاده و ناهید رسولی", ("فرهاد نورزاده", "ناهید رسولی")),
        ("周晓岚、林若水", ("周晓岚", "林若水")),
        ("Ayhan Ö.", ("Ayhan Ö.",)),
        ("he and she", ()),
        ("Anna Keller and the rest of us", ()),
        ("", ()),
    ],
)
def test_a_list_of_authors_is_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text", ["Anna van der Berg", "Ferdinand Anderson", "Andy Underwood", "Ottokar Behr", "Yves Etienne"]
)
def test_names_that_hold_a_joining_word_stay_whole(text: str) -> None:
    assert people(text) == (text,)
