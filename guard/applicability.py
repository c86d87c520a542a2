"""What is not a question with an answer that could be right: greetings, creative writing, rewriting, long texts.

Such requests are passed on, since drawing a poem six times says nothing about its truth. The rules are few and lean
towards guarding: a question that merely contains such a word is still a question.
"""

from __future__ import annotations

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
        ("schreibe|schreib|verfasse|erfinde|erzähle|erzähl|dichte", "gedicht|geschichte|lied|witz|aufsatz|brief|märchen"),
        ("写|编|创作|讲", "诗|故事|歌|笑话|作文|信|邮件"),
        ("書いて|作って|話して", "詩|物語|歌|冗談|作文|手紙|俳句|メール"),
        ("اكتب|ألف|احك", "قصيدة|قصة|أغنية|نكتة|مقال|رسالة"),
        ("लिखो|लिखें|लिखिए|सुनाओ|बनाओ", "कविता|कहानी|गीत|चुटकुला|निबंध|पत्र"),
    )
)

REWRITING: Final = tuple(
    normalise(phrase)
    for phrase in (
        "rewrite|rephrase|paraphrase|proofread|summarize|summarise|translate the following|translate this|"
        "translate into|shorten this|shorten the following|continue the story|correct the grammar|"
        "fix the grammar|improve the following|polish the following|role play|roleplay|pretend to be|reescribe|resume|"
        "traduce|corrige el texto|réécris|reformule|résume|traduis|schreibe um|fasse zusammen|fass zusammen|"
        "übersetze|改写|总结|翻译|润色|書き直して|要約して|翻訳して|أعد صياغة|لخص|ترجم|अनुवाद करो|सारांश"
    ).split("|")
)

OPENING_WORDS: Final = 12


def not_applicable(question: str, context: str, answer: str) -> str | None:
    """Why this is nothing to guard, in words; None where it is a question with an answer.

    `context` is the conversation before; a greeting inside a conversation is one too.
    """
    if len(answer) > MAX_ANSWER_CHARS:
        return "the answer is a long text"
    asked = normalise(question[:400])
    if asked in GREETINGS:
        return "a greeting"
    opening = " ".join(asked.split()[:OPENING_WORDS])
    if any(_opens(opening, phrase) for phrase in REWRITING):
        return "a text is to be rewritten"
    for verbs, things in MAKING:
        if any(_opens(opening, verb) for verb in verbs) and any(_holds(opening, thing) for thing in things):
            return "something is to be written"
    return None


def _opens(opening: str, phrase: str) -> bool:
    """Does the request begin with the phrase, a "please" or "can you" before it allowed?"""
    words = opening.split()
    starts = (" ".join(words[skip:]) for skip in range(min(4, len(words))))
    polite = {"please", "can", "could", "you", "por", "favor", "bitte", "kannst", "du", "peux", "tu", "请", "कृपया"}
    for skip, start in enumerate(starts):
        if not set(words[:skip]) <= polite:
            return False
        if start == phrase or start.startswith(phrase + " ") or (not phrase.isascii() and start.startswith(phrase)):
            return True
    return False


def _holds(opening: str, thing: str) -> bool:
    return thing in opening if not thing.isascii() else f" {thing} " in f" {opening} "
