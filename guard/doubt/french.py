"""French doubts."""

from __future__ import annotations

from typing import Final

from guard.doubt.table import Doubts

_TOLD: Final = (
    "(précisée?s?|donnée?s?|indiquée?s?|mentionnée?s?|fournie?s?|connue?s?|définie?s?|spécifiée?s?|claire?s?)"
)
_TASK: Final = "(énoncé|problème|question|texte|exercice)"

FRENCH: Final = Doubts(
    unstated=(
        rf"(pas|jamais|nulle part) (\w+ )?{_TOLD}",
        rf"{_TASK} .. (ne|n') ?(\w+ )?(dit|donne|précise|indique|mentionne|fournit|contient)",
        r"aucune (information|indication|donnée|précision|mention)",
        r"(on|nous|je) (ne|n') ?(sait|savons|sais|connaît|connaissons|avons|a) (pas|que)",
    ),
    lacking=(
        r"(manque|manquent|manquante?s?|incomplet|incomplète|insuffisante?s?|inconnue?s?)",
        r"pas (assez|suffisamment)",
        r"(besoin|faudrait|nécessaire|il faut) .. (plus|autres?|savoir|connaître|supplémentaires?|davantage)",
        r"(informations?|données?|détails|conditions?) (supplémentaires?|complémentaires?)",
        r"(pourriez-vous|veuillez|merci de) .. (préciser|fournir|indiquer|donner|vérifier)",
    ),
    undecided=(
        r"(ne|n') ?(peut|peux|pouvons|pouvez) .. (déterminer|calculer|trouver|résoudre|répondre|conclure|savoir)",
        r"(impossible|insoluble|indéterminée?|pas (possible|soluble|unique))",
        r"(pas|aucune) (de )?(réponse|solution) (unique|définie|numérique|précise)",
    ),
    without=(
        r"(sans|à moins|tant que) .. (savoir|connaître|connaissance|information|informations|précision|données?)",
        r"si (on|nous|je|l'on) .. (savait|savions|connaissait|connaissions|avait|avions)",
        r"(nombre|valeur|montant|prix|quantité) (exacte?|précise?)",
    ),
    assumed=(
        r"(supposons|supposer|suppose|supposant|supposition|hypothèse|hypothétique|admettons|imaginons|disons|"
        r"par exemple,? si|généralement|en moyenne|typiquement)",
    ),
    open=(
        r"(ambiguë?|ambigüe|ambiguïté|floue?|vague|confuse?|incertaine?|pas (sûre?|certaine?))",
        r"(interpréter|interprétée?|interprétations?)",
        r"dépend(ra)? (de|du|des|d')",
        r"(plusieurs|une infinité de|différentes?|n'importe quelle?) (solutions?|réponses?|possibilités|valeurs?)",
    ),
    flawed=(
        rf"(faute de frappe|coquille|erreur (dans|de) (l'|le |la )?{_TASK})",
        r"(contradict\w+|incohéren\w+|n'a pas de sens|absurde|étrange|bizarre|sans rapport)",
    ),
    meant=(
        rf"(peut-être|probablement|sans doute|semble) (que )?(l'|le |la )?{_TASK}",
        r"(voulait dire|veut dire|attendue?|sous-entendue?|implicite\w*|censée?|intention)",
    ),
    symbolic=(
        r"(en fonction d|en termes de|expression générale|formule générale|exprimée? (en|par)|où .. (est|représente))",
    ),
    reread=(
        rf"{_TASK} .. (dit|demande|indique|stipule)",
        r"(relire|relisons|revenons|vérifions|reprenons)",
        r"(informations|données) (fournies|données|disponibles)",
    ),
    wavering=(r"(attends|attendez|hmm|hm|peut-être|ou bien|en fait|voyons|alternativement)",),
    contrast=(r"(cependant|toutefois|malheureusement|néanmoins|pourtant|mais|bien que)",),
    settled=(r"(je (vais|choisis|dirais|pense)|raisonnable|plausible|le plus probable|puisque .. (pas|aucun|aucune))",),
)
