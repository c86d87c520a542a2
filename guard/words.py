"""The guard's own words in eight languages: tables for `guard.wording`.

The reasons say what happened, not what the model thinks; nothing here may sound like an announcement of an
answer, or `guard.abstentions.recognise` (and a reader) would take it for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """One language. `{missing}` and `{times}` are filled in; a reason has no full stop of its own."""

    opening: str
    reasons: Mapping[str, str]
    named: Mapping[str, str]
    """The reasons that can name what is missing, wrong or ambiguous."""
    chance: str
    """Joins the reason: how often answers like this one were right, in tenths."""
    never: str
    always: str
    advice: Mapping[str, str]
    """What would help: by reason, else under "retry" for mishaps and "source" for the rest."""
    stop: str = "."
    separator: str = "; "


ENGLISH: Final = Words(
    opening="I don't know the answer to this with enough certainty.",
    reasons={
        "low_agreement": "When I worked it out several times, the answers did not agree",
        "low_confidence": "I worked out an answer, but it did not hold up when it was checked",
        "unanswerable": "As asked, the question cannot be answered, because something it needs is missing",
        "false_premise": "The question takes something for granted that does not seem to be true",
        "ambiguous": "The question can be understood in more than one way",
        "stale": "The answer may have changed since my information was last updated",
        "ungrounded": "The text supplied with the question does not support an answer",
        "insufficient_samples": "I could not work it out often enough to check the answer",
        "scorer_failed": "The check of my answer did not work this time",
        "no_diversity": "I got no independent attempts to compare, so I could not check the answer",
        "uncertified": "My certainty has not been calibrated for this kind of question yet",
        "deadline": "There was not enough time to check the answer",
    },
    named={
        "unanswerable": "As asked, the question cannot be answered, because this is missing: {missing}",
        "false_premise": "The question takes something for granted that does not seem to be true: {missing}",
        "ambiguous": "The question can be understood in more than one way: {missing}",
    },
    chance="; answers like this one were right about {times} in 10",
    never="; answers like this one were right less than 1 time in 10",
    always="; answers like this one were right more than 9 times in 10",
    advice={
        "source": "A reliable source, one more detail, or a person who knows the subject would help.",
        "unanswerable": "Please provide what is missing, and I will try again.",
        "false_premise": "Please clarify that point, or ask without it.",
        "ambiguous": "Please tell me which one you mean.",
        "stale": "An up-to-date source would help.",
        "ungrounded": "A document that covers this, or a person who knows the subject, would help.",
        "retry": "Trying again later, or a reliable source, would help.",
        "uncertified": "A reliable source, or a person who knows the subject, would help.",
    },
)

SPANISH: Final = Words(
    opening="No sé la respuesta con suficiente certeza.",
    reasons={
        "low_agreement": "Al resolverla varias veces, las respuestas no coincidieron",
        "low_confidence": "Llegué a una respuesta, pero no superó la comprobación",
        "unanswerable": ("Tal como está planteada, la pregunta no se puede responder porque le falta información"),
        "false_premise": "La pregunta da por cierto algo que no parece serlo",
        "ambiguous": "La pregunta se puede entender de más de una manera",
        "stale": "La respuesta puede haber cambiado desde la última actualización de mis datos",
        "ungrounded": "El texto aportado con la pregunta no respalda ninguna respuesta",
        "insufficient_samples": "No pude resolverla las veces suficientes para comprobar la respuesta",
        "scorer_failed": "Esta vez no funcionó la comprobación de mi respuesta",
        "no_diversity": "No obtuve intentos independientes con los que comparar y comprobar la respuesta",
        "uncertified": "Mi grado de certeza aún no está calibrado para este tipo de preguntas",
        "deadline": "No hubo tiempo suficiente para comprobar la respuesta",
    },
    named={
        "unanswerable": ("Tal como está planteada, la pregunta no se puede responder porque falta esto: {missing}"),
        "false_premise": "La pregunta da por cierto algo que no parece serlo: {missing}",
        "ambiguous": "La pregunta se puede entender de más de una manera: {missing}",
    },
    chance="; las respuestas como esta fueron correctas unas {times} de cada 10",
    never="; las respuestas como esta fueron correctas menos de 1 vez de cada 10",
    always="; las respuestas como esta fueron correctas más de 9 veces de cada 10",
    advice={
        "source": "Ayudaría una fuente fiable, algún detalle más o una persona que conozca el tema.",
        "unanswerable": "Por favor, indica lo que falta y lo intentaré de nuevo.",
        "false_premise": "Por favor, aclara ese punto o pregunta sin darlo por hecho.",
        "ambiguous": "Por favor, aclara a cuál te refieres.",
        "stale": "Ayudaría una fuente actualizada.",
        "ungrounded": "Ayudaría un documento que trate el tema o una persona que lo conozca.",
        "retry": "Ayudaría intentarlo de nuevo más tarde o consultar una fuente fiable.",
        "uncertified": "Ayudaría una fuente fiable o una persona que conozca el tema.",
    },
)

FRENCH: Final = Words(
    opening="Je ne sais pas répondre à cette question avec assez de certitude.",
    reasons={
        "low_agreement": "Traitée plusieurs fois, elle n'a pas donné de réponses concordantes",
        "low_confidence": "J'ai trouvé une réponse, mais elle n'a pas résisté à la vérification",
        "unanswerable": ("Telle qu'elle est posée, on ne peut pas y répondre, car il lui manque une information"),
        "false_premise": "La question tient pour acquis quelque chose qui ne semble pas vrai",
        "ambiguous": "La question peut se comprendre de plusieurs façons",
        "stale": "La réponse a pu changer depuis la dernière mise à jour de mes informations",
        "ungrounded": "Le texte fourni avec la question n'étaye aucune réponse",
        "insufficient_samples": "Je n'ai pas pu la traiter assez de fois pour vérifier la réponse",
        "scorer_failed": "La vérification de ma réponse n'a pas fonctionné cette fois-ci",
        "no_diversity": "Je n'ai pas obtenu d'essais indépendants à comparer pour vérifier la réponse",
        "uncertified": "Mon degré de certitude n'est pas encore étalonné pour ce type de question",
        "deadline": "Le temps a manqué pour vérifier la réponse",
    },
    named={
        "unanswerable": ("Telle qu'elle est posée, on ne peut pas y répondre, car il manque ceci\u00a0: {missing}"),
        "false_premise": ("La question tient pour acquis quelque chose qui ne semble pas vrai\u00a0: {missing}"),
        "ambiguous": "La question peut se comprendre de plusieurs façons\u00a0: {missing}",
    },
    chance="\u00a0; les réponses de ce genre étaient justes environ {times} sur 10",
    never="\u00a0; les réponses de ce genre étaient justes moins d'une fois sur 10",
    always="\u00a0; les réponses de ce genre étaient justes plus de 9 fois sur 10",
    advice={
        "source": ("Une source fiable, une précision de plus ou l'avis d'une personne compétente serait utile."),
        "unanswerable": "Veuillez préciser ce qui manque et je réessaierai.",
        "false_premise": "Veuillez préciser ce point ou reformuler la question.",
        "ambiguous": "Veuillez préciser le sens voulu.",
        "stale": "Une source à jour serait utile.",
        "ungrounded": "Un document qui traite du sujet ou l'avis d'une personne compétente serait utile.",
        "retry": "Il serait utile de réessayer plus tard ou de consulter une source fiable.",
        "uncertified": "Une source fiable ou l'avis d'une personne compétente serait utile.",
    },
    separator="\u00a0; ",
)

GERMAN: Final = Words(
    opening="Das weiß ich nicht mit ausreichender Sicherheit.",
    reasons={
        "low_agreement": "Ich habe die Frage mehrmals bearbeitet, und die Antworten stimmten nicht überein",
        "low_confidence": "Ich hatte eine Antwort, aber sie hielt der Prüfung nicht stand",
        "unanswerable": "So, wie die Frage gestellt ist, lässt sie sich nicht beantworten, weil etwas fehlt",
        "false_premise": "Die Frage setzt etwas voraus, das nicht zu stimmen scheint",
        "ambiguous": "Die Frage lässt sich auf mehr als eine Weise verstehen",
        "stale": "Die Antwort kann sich seit dem Stand meiner Informationen geändert haben",
        "ungrounded": "Der mitgelieferte Text stützt keine Antwort",
        "insufficient_samples": "Ich konnte die Frage nicht oft genug bearbeiten, um die Antwort zu prüfen",
        "scorer_failed": "Die Prüfung meiner Antwort hat diesmal nicht funktioniert",
        "no_diversity": "Mir fehlten unabhängige Versuche zum Vergleich, um die Antwort zu prüfen",
        "uncertified": "Meine Sicherheit ist für diese Art von Fragen noch nicht kalibriert",
        "deadline": "Die Zeit reichte nicht, um die Antwort zu prüfen",
    },
    named={
        "unanswerable": (
            "So, wie die Frage gestellt ist, lässt sie sich nicht beantworten, weil dies fehlt: {missing}"
        ),
        "false_premise": "Die Frage setzt etwas voraus, das nicht zu stimmen scheint: {missing}",
        "ambiguous": "Die Frage lässt sich auf mehr als eine Weise verstehen: {missing}",
    },
    chance="; Antworten wie diese waren in etwa {times} von 10 Fällen richtig",
    never="; Antworten wie diese waren in weniger als 1 von 10 Fällen richtig",
    always="; Antworten wie diese waren in mehr als 9 von 10 Fällen richtig",
    advice={
        "source": ("Hilfreich wäre eine verlässliche Quelle, eine weitere Angabe oder jemand, der sich auskennt."),
        "unanswerable": "Bitte nennen Sie, was fehlt, dann versuche ich es noch einmal.",
        "false_premise": "Bitte klären Sie diesen Punkt, oder stellen Sie die Frage ohne ihn.",
        "ambiguous": "Bitte geben Sie an, was gemeint ist.",
        "stale": "Hilfreich wäre eine aktuelle Quelle.",
        "ungrounded": "Hilfreich wäre ein Dokument, das darauf eingeht, oder jemand, der sich auskennt.",
        "retry": "Hilfreich wäre ein späterer Versuch oder eine verlässliche Quelle.",
        "uncertified": "Hilfreich wäre eine verlässliche Quelle oder jemand, der sich auskennt.",
    },
)

CHINESE: Final = Words(
    opening="我不知道这个问题的答案，没有足够的把握。",
    reasons={
        "low_agreement": "我多次推算，得到的答案并不一致",
        "low_confidence": "我得出过一个答案，但它没有通过检验",
        "unanswerable": "按现在的问法，这个问题无法回答，因为缺少必要的信息",
        "false_premise": "这个问题所依据的前提似乎不成立",
        "ambiguous": "这个问题可以有不止一种理解",
        "stale": "我的信息更新之后，答案也许已经改变",
        "ungrounded": "随问题提供的文本不足以支持任何答案",
        "insufficient_samples": "推算的次数不够，没能核对答案",
        "scorer_failed": "这一次没能完成对答案的检验",
        "no_diversity": "没有得到可以互相比较的独立结果，因此没能核对答案",
        "uncertified": "对于这类问题，我的把握程度还没有经过校准",
        "deadline": "时间不够，没能核对答案",
    },
    named={
        "unanswerable": "按现在的问法，这个问题无法回答，因为缺少以下信息：{missing}",
        "false_premise": "这个问题所依据的前提似乎不成立：{missing}",
        "ambiguous": "这个问题可以有不止一种理解：{missing}",
    },
    chance="；类似的答案大约每10次有{times}次是对的",
    never="；类似的答案每10次不到1次是对的",
    always="；类似的答案每10次有9次以上是对的",
    advice={
        "source": "可靠的资料、更多的细节，或者了解这方面的人，会有帮助。",
        "unanswerable": "请补充缺少的内容，我会再试一次。",
        "false_premise": "请确认这一点，或者换一种问法。",
        "ambiguous": "请说明您指的是哪一种。",
        "stale": "最新的资料会有帮助。",
        "ungrounded": "涉及这个问题的文件，或者了解这方面的人，会有帮助。",
        "retry": "稍后再试，或者可靠的资料，会有帮助。",
        "uncertified": "可靠的资料，或者了解这方面的人，会有帮助。",
    },
    stop="。",
    separator="；",
)

JAPANESE: Final = Words(
    opening="この質問の答えは、十分な確信をもってはわかりません。",
    reasons={
        "low_agreement": "何度か考えましたが、答えが一致しませんでした",
        "low_confidence": "一度は答えが出ましたが、検証に耐えませんでした",
        "unanswerable": "必要な情報が足りないため、このままの質問には答えられません",
        "false_premise": "質問の前提が正しくないようです",
        "ambiguous": "この質問は複数の意味に受け取れます",
        "stale": "私の情報が更新されてから、答えが変わった可能性があります",
        "ungrounded": "質問に添えられた文章には、答えの裏付けがありません",
        "insufficient_samples": "答えを確かめるのに十分な回数を検討できませんでした",
        "scorer_failed": "今回は答えの検証がうまくいきませんでした",
        "no_diversity": "比較できる独立した答えが得られず、検証できませんでした",
        "uncertified": "この種の質問では、確信の度合いがまだ較正されていません",
        "deadline": "答えを検証する時間が足りませんでした",
    },
    named={
        "unanswerable": "次の情報が足りないため、このままの質問には答えられません：{missing}",
        "false_premise": "質問の前提が正しくないようです：{missing}",
        "ambiguous": "この質問は複数の意味に受け取れます：{missing}",
    },
    chance="（このような答えが正しかったのは10回中およそ{times}回です）",
    never="（このような答えが正しかったのは10回中1回未満です）",
    always="（このような答えが正しかったのは10回中9回以上です）",
    advice={
        "source": "信頼できる資料、もう少し詳しい情報、または詳しい人の助言が役に立ちます。",
        "unanswerable": "足りない内容を教えていただければ、もう一度試します。",
        "false_premise": "その点をご確認ください。",
        "ambiguous": "どの意味か教えてください。",
        "stale": "最新の資料が役に立ちます。",
        "ungrounded": "この件を扱った文書や、詳しい人の助言が役に立ちます。",
        "retry": "時間をおいて試すことや、信頼できる資料が役に立ちます。",
        "uncertified": "信頼できる資料や、詳しい人の助言が役に立ちます。",
    },
    stop="。",
    separator="；",
)

ARABIC: Final = Words(
    opening="لا أعرف إجابة هذا السؤال بدرجة كافية من اليقين.",
    reasons={
        "low_agreement": "حاولت الإجابة عدة مرات ولم تتفق الإجابات",
        "low_confidence": "توصلت إلى إجابة، لكنها لم تصمد أمام التحقق",
        "unanswerable": "لا يمكن الإجابة عن السؤال بصيغته الحالية، لأن معلومة لازمة تنقصه",
        "false_premise": "يفترض السؤال أمرًا لا يظهر أنه صحيح",
        "ambiguous": "يمكن فهم السؤال بأكثر من معنى",
        "stale": "من الممكن أن تكون الإجابة قد تغيرت منذ آخر تحديث لمعلوماتي",
        "ungrounded": "النص المرفق بالسؤال لا يدعم أي إجابة",
        "insufficient_samples": "لم أعالج السؤال عددًا كافيًا من المرات للتحقق من الإجابة",
        "scorer_failed": "لم ينجح التحقق من إجابتي هذه المرة",
        "no_diversity": "لم أحصل على محاولات مستقلة للمقارنة والتحقق من الإجابة",
        "uncertified": "لم تُعايَر بعدُ درجة يقيني في هذا النوع من الأسئلة",
        "deadline": "لم يكفِ الوقت للتحقق من الإجابة",
    },
    named={
        "unanswerable": "لا يمكن الإجابة عن السؤال بصيغته الحالية، لأنه ينقصه ما يلي: {missing}",
        "false_premise": "يفترض السؤال أمرًا لا يظهر أنه صحيح: {missing}",
        "ambiguous": "يمكن فهم السؤال بأكثر من معنى: {missing}",
    },
    chance="، وقد كانت الإجابات المشابهة صحيحة في نحو {times} من كل 10 مرات",
    never="، وقد كانت الإجابات المشابهة صحيحة أقل من مرة واحدة من كل 10 مرات",
    always="، وقد كانت الإجابات المشابهة صحيحة في أكثر من 9 من كل 10 مرات",
    advice={
        "source": "يفيد هنا مصدر موثوق أو تفصيل إضافي أو شخص مطلع على الموضوع.",
        "unanswerable": "يرجى توضيح ما ينقص، وسأحاول مرة أخرى.",
        "false_premise": "يرجى توضيح هذه النقطة أو إعادة صياغة السؤال.",
        "ambiguous": "يرجى تحديد المعنى المقصود.",
        "stale": "يفيد هنا مصدر حديث.",
        "ungrounded": "تفيد هنا وثيقة تتناول الموضوع أو شخص مطلع عليه.",
        "retry": "تفيد هنا المحاولة لاحقًا أو الرجوع إلى مصدر موثوق.",
        "uncertified": "يفيد هنا مصدر موثوق أو شخص مطلع على الموضوع.",
    },
    separator="؛ ",
)

HINDI: Final = Words(
    opening="मुझे इस प्रश्न का उत्तर पर्याप्त निश्चितता से नहीं पता।",
    reasons={
        "low_agreement": "कई बार हल करने पर उत्तर आपस में मेल नहीं खाए",
        "low_confidence": "एक उत्तर मिला था, लेकिन वह जाँच में खरा नहीं उतरा",
        "unanswerable": "इस रूप में प्रश्न का उत्तर नहीं दिया जा सकता, क्योंकि ज़रूरी जानकारी नहीं दी गई है",
        "false_premise": "प्रश्न जिस बात को मानकर चलता है, वह सही नहीं लगती",
        "ambiguous": "प्रश्न को एक से अधिक अर्थों में समझा जा सकता है",
        "stale": "मेरी जानकारी पुरानी है और तब से उत्तर बदल सकता है",
        "ungrounded": "प्रश्न के साथ दिया गया पाठ किसी उत्तर की पुष्टि नहीं करता",
        "insufficient_samples": "जाँच के लिए इसे पर्याप्त बार हल नहीं किया जा सका",
        "scorer_failed": "इस बार उत्तर की जाँच नहीं हो सकी",
        "no_diversity": "तुलना के लिए स्वतंत्र उत्तर नहीं मिले, इसलिए जाँच नहीं हो सकी",
        "uncertified": "इस तरह के प्रश्नों के लिए मेरी निश्चितता अभी अंशांकित नहीं है",
        "deadline": "उत्तर की जाँच के लिए पर्याप्त समय नहीं था",
    },
    named={
        "unanswerable": ("इस रूप में प्रश्न का उत्तर नहीं दिया जा सकता, क्योंकि यह जानकारी नहीं दी गई है: {missing}"),
        "false_premise": "प्रश्न जिस बात को मानकर चलता है, वह सही नहीं लगती: {missing}",
        "ambiguous": "प्रश्न को एक से अधिक अर्थों में समझा जा सकता है: {missing}",
    },
    chance="; ऐसे उत्तर 10 में से लगभग {times} बार सही निकले",
    never="; ऐसे उत्तर 10 में से 1 बार से भी कम सही निकले",
    always="; ऐसे उत्तर 10 में से 9 से अधिक बार सही निकले",
    advice={
        "source": "कोई विश्वसनीय स्रोत, थोड़ा और विवरण या विषय का जानकार व्यक्ति मदद कर सकता है।",
        "unanswerable": "कृपया छूटी हुई जानकारी बताएँ, फिर से कोशिश की जाएगी।",
        "false_premise": "कृपया इस बात को स्पष्ट करें या प्रश्न दूसरे ढंग से पूछें।",
        "ambiguous": "कृपया बताएँ कि आपका आशय किससे है।",
        "stale": "कोई ताज़ा स्रोत मदद कर सकता है।",
        "ungrounded": "विषय से जुड़ा कोई दस्तावेज़ या जानकार व्यक्ति मदद कर सकता है।",
        "retry": "बाद में फिर कोशिश करना या कोई विश्वसनीय स्रोत मदद कर सकता है।",
        "uncertified": "कोई विश्वसनीय स्रोत या विषय का जानकार व्यक्ति मदद कर सकता है।",
    },
    stop="।",
)
