"""What is not a question with an answer that could be right: greetings, creative writing, rewriting, long texts.

Such requests are passed on, since drawing a poem six times says nothing about its truth. The rules are few and lean
towards guarding: a question that merely contains such a word is still a question.
"""

from __future__ import annotations

import re
from typing import Final

from guard.normalising import normalise

MAX_ANSWER_CHARS: Final = 6000
"""Above this an answer holds many claims, and agreement on the whole says little about any of them."""

GREETINGS: Final = frozenset(
    normalise(phrase)
    for phrase in (
        "hi|hello|hey|hi there|hello there|good morning|good afternoon|good evening|good night|how are you|thanks|"
        "thank you|thank you very much|thanks a lot|ok|okay|bye|goodbye|see you|hola|buenos días|buenas tardes|"
        "buenas noches|qué tal|cómo estás|gracias|muchas gracias|adiós|bonjour|bonsoir|salut|comment ça va|merci|"
        "merci beaucoup|au revoir|hallo|guten tag|guten morgen|guten abend|wie geht es dir|wie gehts|danke|"
        "vielen dank|tschüss|auf wiedersehen|你好|您好|早上好|晚上好|谢谢|谢谢你|再见|こんにちは|こんばんは|おはよう|"
        "おはようございます|ありがとう|ありがとうございます|さようなら|مرحبا|السلام عليكم|صباح الخير|مساء الخير|"
        "شكرا|شكرا جزيلا|مع السلامة|नमस्ते|नमस्कार|धन्यवाद|शुक्रिया|अलविदा"
    ).split("|")
)

MAKING: Final = tuple(
    (
        tuple(normalise(verb) for verb in verbs.split("|")),
        tuple(normalise(thing) for thing in things.split("|")),
    )
    for verbs, things in (
        (
            "write|compose|draft|create|make up|tell me|give me|generate|invent",
            "poem|haiku|limerick|story|song|lyrics|joke|essay|letter|email|speech|script|slogan|tweet|blog post|"
            "article|cover letter|toast|dialogue|fairy tale|rap|sonnet|caption",
        ),
        ("escribe|redacta|inventa|cuéntame|componer|crea", "poema|cuento|historia|canción|chiste|ensayo|carta|correo"),
        ("écris|rédige|invente|raconte|compose", "poème|histoire|chanson|blague|essai|lettre|conte|courriel"),
        (
            "schreibe|schreib|verfasse|erfinde|erzähle|erzähl|dichte",
            "gedicht|geschichte|lied|witz|aufsatz|brief|märchen",
        ),
        ("写|编|创作|讲", "诗|故事|歌|笑话|作文|信|邮件"),
        ("اكتب|ألف|احك|احكي", "قصيدة|قصة|أغنية|نكتة|مقال|رسالة"),
    )
)
"""What a request opens with, and what is then to be made."""

REWRITING: Final = tuple(
    normalise(phrase)
    for phrase in (
        "rewrite|rephrase|paraphrase|proofread|summarize|summarise|translate the following|translate this|"
        "translate into|shorten this|shorten the following|continue the story|correct the grammar|"
        "fix the grammar|improve the following|polish the following|role play|roleplay|pretend to be|reescribe|"
        "resume el|resume la|resume lo|resume este|resume esta|resume esto|resume en|traduce|corrige el texto|"
        "réécris|reformule|résume|traduis|schreibe um|fasse zusammen|fass zusammen|übersetze|"
        "改写|总结|翻译|润色|أعد صياغة|لخص|ترجم"
    ).split("|")
)

CLOSING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        "(?:詩|物語|歌|冗談|作文|手紙|俳句|メール)を[^のを]{0,8}(?:書いて|作って|話して|詠んで|考えて)(?:ください|下さい|くれ|ね)?$",
        "(?:要約|翻訳|校正|添削|書き直|言い換え)し?て(?:ください|下さい|くれ|ね)?$",
        "(?:कविता|कहानी|गीत|चुटकुला|निबंध|पत्र) (?:लिखो|लिखें|लिखिए|सुनाओ|सुनाइए|बनाओ)$",
        "(?:अनुवाद|सारांश)(?: में)? (?:करो|करें|कीजिए|लिखो|लिखें|लिखिए|दो|दीजिए)$",
    )
)
"""Japanese and Hindi put the verb last: what is to be made or rewritten, and the verb, at the end of a request."""

ASKING: Final = frozenset(
    "who whom whose what when where which why how whether of about from by is was year name title author date "
    "quién qué cuándo dónde cuál cómo de del el la los las qui que quoi quand où quel quelle comment du le les "
    "wer was wann wo welche welcher welches wie wessen von der die das من متى أين كم ما ماذا كيف ليلة".split()
)
"""Between the verb and the thing, these make it a question about a thing that is already there."""

ASKING_CHARACTERS: Final = re.compile("谁|誰|什么|哪|几|多少|何时|吗|[写编讲]出|翻译[家官者]")

POLITE: Final = frozenset("please can could you por favor bitte kannst du peux tu من فضلك".split())
POLITE_CHARACTERS: Final = re.compile("^(?:请|請|麻烦|帮我|给我|能不能|可以|你能)+")
MARKS: Final = "¡¿。।،؟！？ "
OPENING_WORDS: Final = 12


def not_applicable(question: str, context: str, answer: str) -> str | None:
    """Why this is nothing to guard, in words; None where it is a question with an answer.

    `context` is the conversation before; a greeting inside a conversation is one too.
    """
    if len(answer) > MAX_ANSWER_CHARS:
        return "the answer is a long text"
    asked = normalise(question[:400].replace("-", " ")).strip(MARKS)
    if asked in GREETINGS:
        return "a greeting"
    opening = " ".join(POLITE_CHARACTERS.sub("", asked).split()[:OPENING_WORDS])
    if any(pattern.search(asked) for pattern in CLOSING):
        return "something is to be written"
    if ASKING_CHARACTERS.search(opening):
        return None
    if any(_behind(opening, phrase) is not None for phrase in REWRITING):
        return "a text is to be rewritten"
    for verbs, things in MAKING:
        behind = next((found for verb in verbs if (found := _behind(opening, verb)) is not None), None)
        if behind is not None and any(_makes(behind, thing) for thing in things):
            return "something is to be written"
    return None


def _behind(opening: str, phrase: str) -> str | None:
    """What follows the phrase that a request begins with, a "please" or "can you" before it allowed; None without."""
    words = opening.split()
    for skip in range(min(4, len(words))):
        start = " ".join(words[skip:])
        if f"{start} ".startswith(phrase if _unspaced(phrase) else f"{phrase} "):
            return start[len(phrase) :].strip()
        if words[skip] not in POLITE:
            break
    return None


def _makes(behind: str, thing: str) -> bool:
    """Is the thing to be made, rather than asked about?"""
    before, found, _ = f" {behind} ".partition(thing if _unspaced(thing) else f" {thing} ")
    return bool(found) and ASKING.isdisjoint(before.split())


def _unspaced(phrase: str) -> bool:
    """Chinese and Japanese put no spaces between words."""
    return "\u3040" <= phrase[0] <= "\u9fff"
