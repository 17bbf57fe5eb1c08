"""What a name looks like: of a person, and of a publisher."""

from __future__ import annotations

import re

from ..model import fold_words

_PARTICLES = frozenset(
    "al el ul bin ibn abu von van der den de del della di da do dos du la le ter zu y e und bint ben af av".split()
)
_AND = re.compile(
    r"\s*(?:,|;|/|&|、|，|؛|\band\b|\bund\b|\bet\b|\by\b|\bve\b|\bи\b|\bи́\b|\bû\b|\be\b| و |،)\s*"
)
_ORG = frozenset(
    """tv radio news times post tribune press agency agence agencia agentur media network magazine journal gazette
    herald daily weekly today online review front outlook observer guardian independent mail express standard
    courier chronicle examiner mirror star sun telegraph globe monitor report wire service channel network digital
    zeitung blatt nachrichten anzeiger bote rundschau kurier tagblatt tageblatt merkur spiegel presse allgemeine
    monde figaro libération echo écho gazette courrier nouvelles dépêche presse hebdo revue télé
    diario periódico prensa noticias gaceta correo mundo país revista semanario telediario el la
    gazetesi haber ajansı haberleri postası gündem dergisi
    новости вести газета известия правда агентство журнал время ведомости
    صحيفة جريدة وكالة قناة مجلة شبكة موقع أنباء الأنباء راديو
    خبرگزاری روزنامه هفته‌نامه ماهنامه مجله سایت شبکه پایگاه خبری
    ئاژانسی ڕۆژنامەی گۆڤاری تۆڕی کەناڵی
    ajansa rojnameya kovara
    报 日报 晚报 网 通讯社 新闻 周刊 杂志 社""".split()
)
_ORGS = frozenset(word for name in _ORG for word in fold_words(name)) - {"el", "la", "star", "post"} | {
    "post"
}
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_NOT_NAME = re.compile(r"[,،，.!?…。！？؟:：;\"“”«»„()\[\]{}<>=+*%$€£@#_]")


def is_name(text: str, longest: int = 6) -> bool:
    """True when a text can be a proper name: few words, each with a capital where the script has them.

    >>> is_name("Anna van der Berg"), is_name("على أحمد"), is_name("the end of it"), is_name("He left. She too.")
    (True, True, False, False)
    """
    words = text.split()
    plain = re.sub(r"\b[^\W\d_]{1,4}\.", "", text)  # initials and titles: "A.", "Dr."
    if not 1 <= len(words) <= longest or len(text) > 60 or _NOT_NAME.search(plain):
        return False
    if not any(character.isalpha() for character in text):
        return False
    small = [word for word in words if word[0].islower() and word.strip("’'") not in _PARTICLES | _ORGS]
    if any("\u3400" <= character <= "\u9fff" for character in text):
        return len(text) <= 4 or (len(text) <= 12 and is_publisher(text))
    if not is_cased(text):  # nothing tells a name from a sentence but its length
        longest = min(longest, 4)
        if len(words) > longest:
            return False
    return not small and any(word[0].isalpha() and not word[0].islower() for word in words)


def is_title_of_paper(text: str) -> bool:
    """True when a text can be the name of a paper or site: as a name, but small words may stand inside it.

    >>> is_title_of_paper("Gesundheit vor Ort"), is_title_of_paper("His death on")
    (True, False)
    """
    words = text.split()
    if len(words) < 3 or not words[0][0].isupper() or not words[-1][0].isupper():
        return is_name(text, 8 if is_cased(text) else 4)
    return is_name(" ".join(word for word in words if not (word.islower() and len(word) <= 4)), 8)


def is_cased(text: str) -> bool:
    """True when a text is in a script that has capital letters.

    >>> is_cased("Anna"), is_cased("على")
    (True, False)
    """
    return text.lower() != text.upper()


def is_publisher(text: str) -> bool:
    """True when a name is more likely a publisher's than a person's: a domain, a word such as *Times*, a single
    word, all capitals, or a leading article.

    >>> [is_publisher(name) for name in ("Press TV", "Example.org", "Maria Keller", "The Grayling")]
    [True, True, False, True]
    """
    words = fold_words(text)
    if not words:
        return False
    cjk = any("\u3400" <= character <= "\u9fff" for character in text)
    if cjk:
        return any(
            text.endswith(end) for end in ("报", "网", "社", "刊", "志", "在线", "新闻", "电视台", "传媒")
        )
    if (
        _DOMAIN.match(text)
        or set(words) & _ORGS
        or text.split(maxsplit=1)[0] in ("The", "Der", "Die", "Das", "Le", "La", "El")
    ):
        return True
    if any(
        word.endswith(("zeitung", "blatt", "bote", "kurier", "anzeiger", "nachrichten", "presse"))
        for word in words
    ):
        return True
    return len(text.split()) == 1 or (text.isupper() and len(text) > 2)


def is_person(text: str) -> bool:
    """True when a name can be a person's: two to four words, none of them of a publisher.

    >>> is_person("Maria Keller"), is_person("Press TV"), is_person("Sputnik")
    (True, False, False)
    """
    return 2 <= len(text.split()) <= 4 and is_name(text, 4) and not is_publisher(text)


def people(text: str) -> tuple[str, ...]:
    """The names in a list of authors, or nothing when one of its parts is not a name.

    >>> people("Jana Petzold und Mirko Sandvoß"), people("he and she")
    (('Jana Petzold', 'Mirko Sandvoß'), ())
    """
    parts = [
        part.strip(" .·|-–—~") if not re.search(r"\b\w\.$", part) else part.strip()
        for part in _AND.split(text)
    ]
    names = tuple(part for part in parts if part)
    return names if names and all(is_name(name, 5) for name in names) else ()
