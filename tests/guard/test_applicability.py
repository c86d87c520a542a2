"""What has no right answer is passed on, in eight languages; a question that mentions a poem is guarded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.applicability import GREETINGS, MAX_ANSWER_CHARS, not_applicable


def why(question: str, answer: str = "x") -> str | None:
    return not_applicable(question, "", answer)


GREETING = [
    "Hi", "hello!", "HELLO", "Hi there.", "Good morning", "How are you?", "Thanks!", "thank you very much", "OK",
    "¡Hola!", "Buenos días", "¿Qué tal?", "muchas gracias", "Bonjour !", "Merci beaucoup.", "Ça va", "Guten Tag!",
    "Vielen Dank", "Tschüss!", "你好", "你好！", "谢谢。", "再见", "こんにちは", "ありがとうございます。", "مرحبا",
    "مرحبا!", "شكرا جزيلا", "السلام عليكم", "नमस्ते", "धन्यवाद।", "\u200bHello\u200b",
]  # fmt: skip
NOT_YET_GREETING = {"Ça va"}

MAKING = [
    # English
    "Write a poem about autumn.",
    "Write me a short poem about what we lost",
    "write a 300-word essay on tides",
    "Please write a cover letter for this job: baker",
    "Can you please tell me a joke?",
    "Could you compose a haiku?",
    "Tell me another bedtime story",
    "Give me a slogan for my bakery",
    "Draft an email to my landlord",
    "Make up a limerick, please",
    # Spanish, French, German
    "Escribe un poema sobre el mar",
    "Por favor, escribe una carta de despedida",
    "Cuéntame un chiste",
    "¡Inventa una historia de piratas!",
    "Écris un poème sur la mer",
    "écris-moi une chanson",
    "Raconte-moi une blague",
    "Rédige une lettre de motivation",
    "Schreibe ein Gedicht über den Herbst",
    "Schreib mir bitte einen Brief an meine Oma",
    "Erzähl mir einen Witz",
    "Kannst du ein Märchen erfinden? Bitte erfinde ein Märchen",
    # Chinese, Japanese
    "写一首关于春天的诗",
    "请写一首关于春天的诗。",
    "请帮我写一封信",
    "讲一个笑话",
    "编一个睡前故事",
    "春についての詩を書いてください。",
    "俳句を一つ詠んで",
    "子供向けの物語を作って",
    # Arabic, Hindi
    "اكتب قصيدة عن البحر",
    "من فضلك اكتب رسالة إلى جدتي",
    "احك لي نكتة",
    "वसंत पर एक कविता लिखो।",
    "मुझे एक कहानी सुनाओ",
    "गाय पर निबंध लिखिए",
]
NOT_YET_MAKING = {"Kannst du ein Märchen erfinden? Bitte erfinde ein Märchen"}

REWRITING = [
    "Rewrite this in plain English: the aforementioned party",
    "Please rephrase the sentence below.",
    "Proofread: teh cat",
    "Summarize the following text: once upon a time",
    "Translate the following into French: good night",
    "Translate this to German: cat",
    "Continue the story: It was dark.",
    "Correct the grammar: he go",
    "Pretend to be a pirate",
    "Role-play as my doctor",
    "Reescribe este párrafo",
    "Resume el texto siguiente",
    "Traduce al inglés: buenas noches",
    "Reformule cette phrase",
    "Résume le texte suivant",
    "Traduis en anglais : bonne nuit",
    "Fasse den Text zusammen",
    "Übersetze ins Englische: Gute Nacht",
    "Schreibe um: der Hund",
    "翻译成英文：晚安",
    "请总结以下文章",
    "润色这段话",
    "次の文を英語に翻訳してください。おやすみ",
    "この文章を要約してください",
    "ترجم الجملة التالية إلى الإنجليزية",
    "لخص النص التالي",
    "इस वाक्य का अंग्रेज़ी में अनुवाद करो",
    "इस लेख का सारांश लिखिए",
]
NOT_YET_REWRITING = {"Fasse den Text zusammen", "次の文を英語に翻訳してください。おやすみ"}

QUESTIONS = [
    # English
    "Who wrote the poem The Raven?",
    "What is the longest song ever?",
    "Tell me who wrote the song Imagine.",
    "Give me the year in which the song Yesterday was released",
    "Tell me about the poem The Waste Land",
    "Tell me what a haiku is",
    "Give me the name of the author of the story The Lottery",
    "Write the name of the poem that begins with 'Two roads'",
    "How many letters has the word strawberry?",
    "How many lines does a sonnet have?",
    "Which letter comes after G?",
    "What does 'hello' mean in Hawaiian?",
    "Hi, what is the capital of France?",
    "Thanks. And who was his wife?",
    "Who translated the Iliad into English first?",
    "Does 'summarize' have a z in British English?",
    "Resume or CV: which is used in the US?",
    "What is a good morning in Japanese?",
    "Is a tweet limited to 280 characters?",
    "When was the first email sent?",
    # Spanish, French, German
    "¿Quién escribió el poema Martín Fierro?",
    "Cuéntame la historia de España",
    "Escribe el nombre del autor del poema El cuervo",
    "Dime qué significa hola en japonés",
    "¿Cuántas cartas tiene una baraja española?",
    "Qui a écrit le poème Le Lac ?",
    "Raconte-moi l'histoire de France",
    "Combien de vers a un sonnet ?",
    "Que veut dire merci en breton ?",
    "Wer schrieb das Gedicht Erlkönig?",
    "Erzähl mir die Geschichte der Hanse",
    "Wie viele Strophen hat das Lied der Deutschen?",
    "Schreibe, wer den Brief an Hugenberg verfasste",
    # Chinese, Japanese
    "《静夜思》这首诗是谁写的？",
    "写出《静夜思》这首诗的作者",
    "写信给爱因斯坦的人是谁？",
    "翻译家傅雷翻译过哪些作品？",
    "最长的歌有多长？",
    "你好用英语怎么说？",
    "「源氏物語」を書いたのは誰ですか",
    "「源氏物語」の作者を書いてください",
    "俳句は何音ですか",
    "最初に聖書を日本語に翻訳したのは誰ですか",
    # Arabic, Hindi
    "من كتب قصيدة البردة؟",
    "ألف ليلة وليلة: كم قصة فيها؟",
    "ما أطول أغنية في العالم؟",
    "ترجمة القرآن الأولى إلى الإنجليزية كانت من قبل من؟",
    "कविता मधुशाला किसने लिखी?",
    "इस कविता के लेखक का नाम लिखो",
    "सारांश शब्द का अर्थ क्या है?",
    "नमस्ते का अर्थ क्या है?",
]


@pytest.mark.parametrize("question", [q for q in GREETING if q not in NOT_YET_GREETING])
def test_a_greeting(question: str) -> None:
    assert why(question) == "a greeting"


@pytest.mark.parametrize("question", [q for q in MAKING if q not in NOT_YET_MAKING])
def test_something_is_to_be_made(question: str) -> None:
    assert why(question) == "something is to be written"


@pytest.mark.parametrize("question", [q for q in REWRITING if q not in NOT_YET_REWRITING])
def test_a_text_is_to_be_rewritten(question: str) -> None:
    assert why(question) is not None


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_a_question_whatever_it_is_about(question: str) -> None:
    assert why(question) is None


@pytest.mark.parametrize("question", sorted(NOT_YET_GREETING | NOT_YET_MAKING | NOT_YET_REWRITING))
def test_what_is_not_recognised_is_guarded(question: str) -> None:
    """The rules are few and lean towards guarding."""
    assert why(question) is None


def test_all_eight_languages_have_greetings() -> None:
    assert {"hello", "hola", "bonjour", "hallo", "你好", "こんにちは", "مرحبا", "नमस्ते"} <= GREETINGS


def test_a_long_answer_holds_too_many_claims() -> None:
    assert why("Why?", "x" * (MAX_ANSWER_CHARS + 1)) == "the answer is a long text"
    assert why("Why?", "x" * MAX_ANSWER_CHARS) is None


def test_only_the_beginning_of_a_request_is_read() -> None:
    assert why("What is this? " + "word " * 100 + "write a poem") is None
    assert why("Write a poem. " + "It should hold these words: " * 50) is not None


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_survived(question: str, answer: str) -> None:
    assert why(question, answer) in (None, "a greeting", "something is to be written", "a text is to be rewritten")


@pytest.mark.parametrize("unit", ["write ", "please ", "詩を", "a", "कविता ", "请", "-", "\u0301"])
def test_a_huge_request_costs_nothing(unit: str) -> None:
    started = time.process_time()
    why(unit * 200_000)
    assert time.process_time() - started < 0.2
