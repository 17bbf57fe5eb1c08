import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.language import detect_language, detectors

# The same piece of news, about sixty letters of it.
NEWS = {
    "en": "The city council decided on Tuesday to repair the old bridge over the river.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke über den Fluss zu erneuern.",
    "fr": "Le conseil municipal a décidé mardi de réparer le vieux pont sur la rivière.",
    "es": "El ayuntamiento decidió el martes reparar el viejo puente sobre el río.",
    "pt": "A câmara municipal decidiu na terça-feira reparar a velha ponte sobre o rio.",
    "it": "Il consiglio comunale ha deciso martedì di riparare il vecchio ponte sul fiume.",
    "nl": "De gemeenteraad heeft dinsdag besloten om de oude brug over de rivier te herstellen.",
    "sv": "Kommunfullmäktige beslutade i tisdags att reparera den gamla bron över ån.",
    "da": "Byrådet besluttede tirsdag at sætte den gamle bro over åen i stand.",
    "no": "Bystyret bestemte tirsdag at den gamle brua over elva skal settes i stand.",
    "pl": "Rada miasta postanowiła we wtorek naprawić stary most na rzece.",
    "cs": "Městská rada v úterý rozhodla, že opraví starý most přes řeku.",
    "hu": "A városi tanács kedden úgy döntött, hogy felújítja a folyó feletti régi hidat.",
    "ro": "Consiliul local a hotărât marți să repare vechiul pod peste râu.",
    "tr": "Belediye meclisi salı günü nehrin üzerindeki eski köprüyü onarmaya karar verdi.",
    "fi": "Kaupunginvaltuusto päätti tiistaina korjata joen yli kulkevan vanhan sillan.",
    "id": "Dewan kota pada hari Selasa memutuskan untuk memperbaiki jembatan tua di atas sungai.",
    "vi": "Hội đồng thành phố hôm thứ ba đã quyết định sửa chữa cây cầu cũ bắc qua sông.",
    "sq": "Këshilli i qytetit vendosi të martën të riparojë urën e vjetër mbi lumë.",
    "ru": "Городской совет во вторник решил отремонтировать старый мост через реку.",
    "uk": "Міська рада у вівторок вирішила відремонтувати старий міст через річку.",
    "bg": "Общинският съвет реши във вторник да ремонтира стария мост над реката.",
    "hi": "नगर परिषद ने मंगलवार को नदी पर बने पुराने पुल की मरम्मत करने का फैसला किया।",
    "mr": "नगर परिषदेने मंगळवारी नदीवरील जुन्या पुलाची दुरुस्ती करण्याचा निर्णय घेतला.",
    "kmr": "Meclisa bajêr roja sêşemê biryar da ku pira kevn a li ser çem nû bike û rê veke.",
    "fa": "شورای شهر روز سه‌شنبه تصمیم گرفت پل قدیمی روی رودخانه را بازسازی کند.",
    "ar": "قرر مجلس المدينة يوم الثلاثاء ترميم الجسر القديم فوق النهر.",
    "ckb": "ئەنجومەنی شار ڕۆژی سێشەممە بڕیاری دا پردە کۆنەکەی سەر ڕووبارەکە نۆژەن بکاتەوە.",
    "ur": "شہر کی کونسل نے منگل کے روز دریا پر بنے پرانے پل کی مرمت کا فیصلہ کیا۔",
    "ps": "د ښار شورا د سه شنبې په ورځ پرېکړه وکړه چې د سیند پر سر زوړ پل بیا جوړ کړي.",
    "ug": "شەھەر كېڭىشى سەيشەنبە كۈنى دەريا ئۈستىدىكى كونا كۆۋرۈكنى رېمونت قىلىشنى قارار قىلدى.",
    "azb": "بو پول نییه ایندی تاپیلیب دئیه سوروشورلار، ایکی مدرسه اوچون ده آیری بیر یول آچیلاجاق.",
    "sd": "شهر جي ڪائونسل اڱاري ڏينهن درياهه تي ٺهيل پراڻي پل جي مرمت ڪرڻ جو فيصلو ڪيو.",
    "he": "מועצת העיר החליטה ביום שלישי לתקן את הגשר הישן שמעל הנהר.",
    "yi": "דער שטאָטראַט האָט דינסטיק באַשלאָסן צו פֿאַרריכטן די אַלטע בריק איבערן טײַך.",
    "am": "የከተማው ምክር ቤት ማክሰኞ ዕለት በወንዙ ላይ ያለውን አሮጌ ድልድይ ለመጠገን ወሰነ።",
    "ti": "ቤት ምኽሪ እቲ ከተማ ሰሉስ ኣብ ልዕሊ እቲ ሩባ ዘሎ ኣረጊት ድልድል ንምዕራይ ወሲኑ።",
    "bn": "নগর পরিষদ মঙ্গলবার নদীর উপর পুরোনো সেতুটি মেরামত করার সিদ্ধান্ত নিয়েছে।",
    "as": "নগৰ পৰিষদে মঙলবাৰে নদীৰ ওপৰৰ পুৰণি দলংখন মেৰামতি কৰাৰ সিদ্ধান্ত লৈছে।",
}
# Scripts that decide, and so do with little.
SHORT = {
    "el": "Η γέφυρα", "hy": "կամուրջ", "ka": "ხიდი", "th": "สะพาน", "ta": "பாலம்", "te": "వంతెన",
    "ml": "പഴയ പാലം", "kn": "ಸೇತುವೆ", "gu": "પુલ બંધ", "pa": "ਪੁਲ ਬੰਦ", "si": "පාලම", "km": "ស្ពានចាស់",
    "lo": "ຂົວເກົ່າ", "my": "တံတားဟောင်း", "bo": "ཟམ་པ་རྙིང", "he": "גשר ישן", "zh": "旧桥",
    "ja": "橋の工事が始まる", "ko": "다리 공사",
}  # fmt: skip
# What the detectors alone would not tell, or would tell otherwise.
TOLD = {
    "fa": [
        "شوراي شهر تصميم گرفت كه پل قديمي را از نو بسازد و كار در بهار آغاز مي شود",  # Arabic ي and ك
        "علي رضايي در گفت و گو با ما گفت كه دولت به وعده خود عمل نكرده است",  # a name spelt like Arabic على
        "در این کتاب واژهٔ کردی «ڕۆژ» آمده است و نویسنده آن را برای خواننده شرح داده است",  # a word of Sorani
        "نوشته‌ها و خانه‌ها و برنامه‌های تازه به‌زودی در این صفحه منتشر می‌شود",  # many non-joiners after ه
    ],
    "ar": [
        "وقال علي رضائي إن الحكومة لم تف بوعودها حتى الآن",
        "وفى القاهرة أعلن مجلس المدينة أن الجسر القديم سيغلق",  # Egyptian فى
        "قَالَ الرَّئِيسُ إِنَّ الجِسْرَ القَدِيمَ سَيُغْلَقُ فِي الرَّبِيعِ",  # with vowel points
    ],
    "ckb": [
        "ئه‌نجومه‌نی شار بڕیاری دا پرده‌ کۆنه‌که‌ نۆژه‌ن بکاته‌وه‌",  # ه and a non-joiner in place of ە
        "ئەنجومەنی شار بڕیاری دا پردە كۆنەكە نۆژەن بكاتەوە",  # Arabic ك
        "هەواڵەکان",
    ],
    "kmr": [
        "MECLISA BAJÊR BIRYAR DA KU PIRA KEVN NÛ BIKE Û RÊYA LI SER ÇEM VEKE",
        unicodedata.normalize("NFD", "Ji bo xwendekaran jî xeteke taybet tê vekirin û her roj dixebite"),
    ],
    "fr": ["Être ou ne pas être: la fête de la forêt a dû être annulée, le maître des lieux s'en est plaint"],
    "tr": ["Kâtip hâlâ resmî kâğıdı bekliyor ve ne zaman geleceğini de kimse bilmiyor"],
    "zh": [
        "市議會星期二決定修復河上的舊橋",
        "鮮の味火鍋店今天開業",  # an ornament
        "日本电视剧《おしん》在中国很受欢迎，观众很多，收视率很高，至今难忘",  # a title quoted
    ],
    "ja": ["東京オリンピックの開催が決定"],
    "ko": ["韓國의 經濟 成長", "서울시는 Seoul Metro 9호선 구간을 다시 열었다"],
}
UNSURE = [
    "",
    " \n\t",
    "12:30 – 14:45",
    "©",
    "abc",
    "John Smith",
    "— * —",
    "😀😀😀",
    "\ud800",
    "http://example.com/the-old-bridge",
]


@pytest.mark.parametrize("detector", detectors())
@pytest.mark.parametrize("language", NEWS)
def test_a_sentence_is_enough(language: str, detector: str) -> None:
    assert detect_language(NEWS[language], detector) == language


@pytest.mark.parametrize("detector", detectors())
@pytest.mark.parametrize("language", SHORT)
def test_a_script_of_one_language_decides_with_a_word(language: str, detector: str) -> None:
    assert detect_language(SHORT[language], detector) == language


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in TOLD for text in TOLD[language]]
)
def test_neighbours_are_told_apart(language: str, text: str) -> None:
    assert [detect_language(text, detector) for detector in detectors()] == [language] * len(detectors())


@pytest.mark.parametrize("language", ["az", "be", "ca", "eo", "eu", "ga", "gl", "is", "kk", "sr"])
def test_py3langid_knows_languages_that_langdetect_does_not(language: str) -> None:
    texts = {
        "az": "Şəhər şurası çayın üzərindəki köhnə körpünü təmir etmək qərarına gəlib.",
        "be": "Гарадскі савет у аўторак вырашыў адрамантаваць стары мост праз раку.",
        "ca": "L'ajuntament va decidir dimarts reparar el vell pont sobre el riu.",
        "eo": "La urba konsilio decidis marde ripari la malnovan ponton super la rivero.",
        "eu": "Udal batzarrak asteartean erabaki zuen ibaiaren gaineko zubi zaharra konpontzea.",
        "ga": "Shocraigh comhairle na cathrach Dé Máirt an seandroichead thar an abhainn a dheisiú.",
        "gl": "O concello decidiu o martes reparar a vella ponte sobre o río e pechar a estrada.",
        "is": "Borgarráð ákvað á þriðjudag að gera við gömlu brúna yfir ána.",
        "kk": "Қалалық кеңес сейсенбі күні өзен үстіндегі ескі көпірді жөндеу туралы шешім қабылдады.",
        "sr": "Градско веће је у уторак одлучило да поправи стари мост преко реке.",
    }
    assert detect_language(texts[language]) == language


@pytest.mark.parametrize("detector", detectors())
@pytest.mark.parametrize("text", UNSURE)
def test_too_little_text_gives_none(text: str, detector: str) -> None:
    assert detect_language(text, detector) is None


@pytest.mark.parametrize("detector", detectors())
def test_a_banner_in_another_script_does_not_decide(detector: str) -> None:
    article = " ".join([NEWS["en"]] * 3)
    assert detect_language(f"{NEWS['fa']}\n\n{article}", detector) == "en"
    assert detect_language(f"{NEWS['en']}\n\n{' '.join([NEWS['fa']] * 3)}", detector) == "fa"


@pytest.mark.parametrize("detector", detectors())
def test_capitals_and_gaps_and_addresses_change_nothing(detector: str) -> None:
    assert detect_language(NEWS["de"].upper(), detector) == "de"
    assert detect_language("\n" * 9000 + "\n \t".join(NEWS["de"].split()), detector) == "de"
    links = " https://example.com/the-city-council-decided-on-tuesday-to-repair-the-old-bridge" * 3
    assert detect_language(NEWS["de"] + links, detector) == "de"


def test_the_middle_counts_where_the_beginning_is_no_language() -> None:
    assert detect_language("0 1 2 3 4\n" * 500 + NEWS["fr"] * 100 + "5 6 7 8 9\n" * 500) == "fr"


def test_an_unknown_detector_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"no language detector is called 'fasttext'.*py3langid, langdetect"):
        detect_language("", "fasttext")


@pytest.mark.parametrize("detector", detectors())
@settings(deadline=None)
@given(text=st.text(max_size=300), other=st.text(max_size=80))
def test_any_text_has_one_answer(detector: str, text: str, other: str) -> None:
    first = detect_language(text, detector)
    detect_language(other, detector)
    assert detect_language(text, detector) == first
    assert first is None or (first.isalpha() and first.islower() and len(first) in (2, 3))


@pytest.mark.parametrize("detector", detectors())
@settings(deadline=None)
@given(st.lists(st.sampled_from([word for text in NEWS.values() for word in text.split()]), max_size=40))
def test_any_mixture_of_words_has_one_answer(detector: str, words: list[str]) -> None:
    text = " ".join(words)
    assert detect_language(text, detector) == detect_language(text, detector)


def test_nobody_elses_settings_change_an_answer() -> None:
    import langdetect
    from py3langid import langid

    text = NEWS["nl"]
    langdetect.DetectorFactory.seed = 7
    langid.set_languages(["de", "en"])
    try:
        assert [detect_language(text, detector) for detector in detectors()] == ["nl", "nl"]
    finally:
        langdetect.DetectorFactory.seed = None
        langid.set_languages(None)


def test_detectors_are_loaded_only_when_they_are_asked() -> None:
    code = (
        "import sys; from corpusclean.language import detect_language; detect_language('Η παλιά γέφυρα');"
        "print({'numpy', 'py3langid', 'langdetect'} & set(sys.modules))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert loaded.stdout.strip() == "set()"
