"""Spanish doubts."""

from __future__ import annotations

from typing import Final

from guard.doubt.table import Doubts

_TOLD: Final = (
    "(especifica(n|da|do)?|indica(n|da|do)?|menciona(n|da|do)?|proporciona(n|da|do)?|da|dan|dice|dado|conoce|aclara|"
    "define)"
)
_TASK: Final = "(problema|enunciado|pregunta|texto|ejercicio)"

SPANISH: Final = Doubts(
    unstated=(
        rf"no (se |nos |está |están |ha sido )*{_TOLD}",
        r"(ninguna|sin) (información|indicación|mención|dato)",
        r"no (sabemos|conocemos|tenemos|se sabe|sé)",
        r"(solo|sólo|solamente) (sabemos|se sabe|nos dan|se da|tenemos)",
    ),
    lacking=(
        r"(falta|faltan|faltante|faltantes|incompleto|incompleta|insuficientes?|desconocid[ao]s?)",
        r"no (hay |tenemos |es |son )?(suficientes?|bastantes?)",
        r"(necesit\w+|hace falta|hacen falta|se requiere) .. (más|saber|conocer|otra|otro|adicional|adicionales)",
        r"(información|datos|detalles|condiciones) (adicional|adicionales)",
        r"(por favor|podrías?|puedes?) .. (proporcion\w+|aclar\w+|indi\w+|dar|verific\w+|especific\w+)",
    ),
    undecided=(
        r"no (se |es )?(puede|puedo|podemos|posible|podría) .. (determinar|calcular|encontrar|resolver|responder|saber|"
        r"hallar|concluir)",
        r"(imposible|indeterminad[ao]|no tiene solución|irresoluble)",
        r"no hay (una )?(única|solución|respuesta)",
    ),
    without=(
        r"(sin|a menos que|hasta) .. (saber|conocer|información|datos|conocimiento)",
        r"si (supiéramos|conociéramos|tuviéramos|sabemos|conocemos)",
        r"(número|valor|cantidad|precio) (exact[ao]|específic[ao]|precis[ao]|concret[ao])",
    ),
    assumed=(
        r"(supon\w+|supuest\w+|asum\w+|hipot\w+|imaginemos|digamos|por ejemplo,? si|normalmente|típicamente|"
        r"en promedio)",
    ),
    open=(
        r"(ambigu\w+|poco clar[ao]|confus[ao]|vag[ao]|no (estoy|está) (segur[ao]|clar[ao])|inciert[ao])",
        r"(interpret\w+)",
        r"depend(e|en|ería|erá) de",
        r"(varias|múltiples|infinitas|distintas|diferentes|cualquier) (soluciones|respuestas|posibilidades|valor|"
        r"valores)",
    ),
    flawed=(
        rf"(error tipográfico|errata|error en (el|la) {_TASK})",
        r"(contradic\w+|inconsisten\w+|no tiene sentido|absurd[ao]|extrañ[ao]|rar[ao]|sin relación)",
    ),
    meant=(
        rf"(quizás|tal vez|probablemente|posiblemente|parece que) (el |la )?{_TASK}",
        r"(quería decir|quiso decir|quiere decir|se espera|espera que|implícit\w+|se supone)",
    ),
    symbolic=(
        r"(en función de|en términos de|expresión general|fórmula general|expresad[ao] como|donde .. (es|representa))",
    ),
    reread=(
        rf"{_TASK} .. (dice|pregunta|pide|indica|establece)",
        r"(releer|leer de nuevo|volvamos|revisemos|verifiquemos)",
        r"(información|datos) (proporcionad[ao]s?|dad[ao]s?|disponibles?)",
    ),
    wavering=(r"(espera|hmm|hm|quizás|tal vez|o bien|en realidad|veamos|alternativamente)",),
    contrast=(r"(sin embargo|desafortunadamente|lamentablemente|no obstante|aunque|pero)",),
    settled=(
        r"((voy a|vamos a) (usar|tomar|suponer)|razonable|plausible|lo más probable|(como|ya que|puesto que) no)",
    ),
)
