"""French."""

from __future__ import annotations

from typing import Final

from guard.phrases.table import Phrases

_HELP: Final = (
    "(vous |t'|te |y |l'|le |la |en |lui )?(aider|répondre|fournir|donner|assister|accéder|satisfaire|"
    "partager|communiquer|faire cela|faire ça|participer|discuter|parler|écrire|générer|créer|révéler|"
    "divulguer|traiter)"
)
_TELL: Final = (
    "(le |la |l'|y )?(déterminer|calculer|savoir|répondre(?! à (cette|votre|ta) (demande|requête))|trouver|"
    "dire|connaître|identifier|résoudre|"
    "préciser|établir|confirmer|vérifier|déduire|conclure)"
)
_MATTER: Final = "(informations?|données|détails?|précisions?|contexte|éléments|preuves?)"

FRENCH: Final = Phrases(
    refusal=(
        r"je me refuse à",
        r"(sujet|demande|chose) .. (accepte|veux|peux|souhaite) (pas )?(de )?(traiter|aborder|aider|faire)",
        r"je (préfère|préférerais) (ne pas|m'abstenir)",
        r"pour des (raisons|motifs) de (sécurité|confidentialité|vie privée)",
        r"(répondre|donner suite) à (cette|votre|ta|une telle) (demande|requête)",
        r"pas (\w+ )?à l'aise (pour|avec|de)",
        r"pas quelque chose (que je|dont je|pour lequel)",
        r"je ne (vous |t'|te |l'|le |la )?(aiderai|fournirai|donnerai|répondrai|ferai|dirai|participerai|"
        r"écrirai) pas",
        r"(pas|ne) (\w+ )?(autorisée?|permis|le droit|habilitée?) (de|à)",
        rf"(je|nous) ne (peux|pouvons|puis|saurais|suis pas en mesure de|suis pas autorisée? à|"
        rf"suis pas habilitée? à) (pas |malheureusement pas )?{_HELP}",
        r"je (refuse|dois refuser|me dois de refuser|préfère ne pas (répondre|en parler))",
        r"je ne (vais|veux) pas",
        r"(désolée?|navrée?|excusez-moi|pardon),? (mais )?(je )?ne (peux|puis) pas (vous |t')?(aider|faire|"
        r"répondre|fournir|donner)",
        r"(n'est|ne serait|il n'est) pas (approprié|éthique|légal|acceptable|convenable|correct|sûr)",
        r"(contraire|contraires) (à|aux) (mes|nos|ma|la) (\w+ )?(principes|règles|directives|politique|"
        r"consignes|éthique)",
        r"je ne (cautionne|soutiens|promeus|encourage|approuve) pas",
        r"je n'ai pas accès à (vos|votre|tes|ton|ta) (données|informations)",
    ),
    incapable=(
        r"je ne (peux|puis|pourrai|vais|veux|saurais) (\w+)",
        r"je ne (vous |t\'|te |le |la |l\')?\w{2,14}rai (pas|aucune?)",
    ),
    private=(
        r"(raisons|motifs) de (sécurité|confidentialité)",
        r"(informations?|données|détails) (\w+ )?(personnel(le)?s?|privée?s?|confidentiel(le)?s?)",
    ),
    missing=(
        r"(document|texte|énoncé|article|message|rapport|contrat|extrait|passage) .. (ne parle|ne dit|"
        r"n'évoque|ne souffle|passe sous silence|reste muet)",
        r"il (me|nous) manque",
        r"faute (de|d') ?(données|informations?|sources?|précisions?|éléments|preuves)",
        r"(question|énoncé|phrase) (suppose|présuppose|part|repose|sous-entend) .. (jamais|faux|fausse|"
        r"erreur|erronée?|inexact)",
        r"n'a jamais (eu lieu|existé)",
        r"(n'y a|n'a) jamais eu de",
        r"(pas|aucun|aucune|la moindre|moindre) (trace|mention|indication) de",
        r"(mes|les) sources (ne|n')",
        r"n'arrive pas à",
        r"(réponse|informations?|données?|détails?) .. (ne|n') ?(\w+ )?(figure|figurent|apparaît|"
        r"apparaissent|est|sont|se trouve) pas",
        r"(pas|aucune?) .. (réponse|informations?|données|détails)",
        r"(question|énoncé|problème|texte|contexte|passage|document|article|source|extrait) .. (ne|"
        r"n') ?(\w+ )?(contient|mentionne|précise|indique|dit|donne|fournit|répond|comporte|explique)",
        r"(le calcul|la réponse|la question|le résultat) .. (est|reste|sont) (\w+ )?(impossible|"
        r"indéterminée?|sans réponse)",
        r"(la question|le problème) n'a pas de (réponse|solution)",
        rf"(pas|manque|manquent|sans|insuffisante?s?|aucune?|plus|davantage|trop peu) (assez |suffisamment |"
        rf"plus )?(d'|de |des )?(\w+ )?{_MATTER}",
        rf"{_MATTER} (\w+ )?(insuffisante?s?|supplémentaires?|complémentaires?|manquante?s?|nécessaires?|"
        rf"incomplète?s?)",
        rf"(ne (peux|peut|pouvons|permet(tent)?|permet(tent)? pas|puis)( pas)?( de)?|impossible( de)?|"
        rf"pas possible de|pas en mesure de|aucun moyen de) (être )?({_TELL}|déterminée?|calculée?)",
        r"(la question|l'énoncé|le problème|le texte|le contexte|le passage|le document|il|elle) .. (ne|"
        r"n') ?(\w+ )?(fournit|mentionne|précise|indique|dit|contient|donne|spécifie|comporte|permet|a (pas|"
        r"aucun) (de )?sens|explique)",
        r"(la question|l'énoncé|le problème|la prémisse) .. (ambiguë?|incomplète?|fausse|faux|incorrecte?|"
        r"contradictoire|erronée?|n'a pas de sens|une erreur|mal posée?)",
        r"(j'aurais|j'ai|nous aurions|il faudrait|il faut|il me faut|il me faudrait) .. (besoin|savoir|"
        r"connaître|plus)",
        r"(sans (savoir|connaître|plus de|davantage|précision))",
        r"(prémisse|supposition|hypothèse) (fausse|erronée|incorrecte)",
        r"(n'est|ne sont|n'a|n'ont) pas (été )?(précisée?s?|indiquée?s?|mentionnée?s?|spécifiée?s?|"
        r"définie?s?|donnée?s?|fournie?s?)",
    ),
    ignorance=(
        r"(je )?n'en sais (\w+ )?rien",
        r"je (\w+ )?sèche",
        r"(bien )?incapable de (vous |te |le |la )?(dire|répondre|préciser|nommer|citer)",
        r"ne me dit rien",
        r"m'échappe",
        r"aucune source (dont|que|à)",
        r"(donne|donnerais) ma langue au chat",
        r"(je )?préfère ne rien (avancer|affirmer|dire)",
        r"je ne saurais (vous |te |le |y )?(répondre|dire|préciser|l'affirmer)",
        r"(de )?ne pas (disposer|savoir|connaître|avoir) .. (information|informations|réponse|données|"
        r"détails)",
        r"(n'ai|n'avons|ne trouve) (rien |pas |jamais )?(trouvé|pu trouver)",
        r"(aucun|pas de|pas) moyen de (le |la )?(savoir|vérifier|connaître)",
        r"jamais entendu parler",
        r"(ne )?(peux|puis|saurais) (pas )?.. avec certitude",
        r"dépasse mes",
        r"(je )?(ne |n')?(le |la |l'|en )?(sais|connais|comprends|me souviens|rappelle) (pas|plus|rien)",
        r"je (ne |n')(suis|sommes) pas (\w+ )?(sûre?|certaine?|familière?|convaincue?|au courant)",
        r"je (n'ai|ne dispose|ne possède) (pas|d'aucune?|aucune?) .. (information|idée|réponse|connaissance|"
        r"données|certitude|accès)",
        rf"je (n'ai pas|ne) (pu|réussi à|parviens pas à|parvenu à|peux pas|trouve pas) {_TELL}",
        r"j'ignore",
        r"aucune idée",
        r"(dépasse|au-delà de) mes connaissances",
    ),
    vague=(
        r"tout dépend (de|du|des|d')",
        r"(difficile|impossible) (à|de) (le |la |l'|y )?(dire|savoir|déterminer|répondre)",
        r"(est|sont|reste) (encore |toujours )?(inconnue?s?|incertaine?s?)",
        r"(on ne sait pas|nul ne sait|personne ne (le )?sait|n'est pas (clair|connue?))",
        r"(difficile|impossible) (à|de) (dire|savoir|déterminer)",
        r"(cela|ça|tout) dépend (de|du|des)",
        r"il n'(existe|y a) (pas|aucune?) .. (preuve|trace|données)",
    ),
    request=(
        r"(laquelle|lequel|lesquels|lesquelles) (vous|t'|te|souhaitez|voulez|cherchez)",
        r"(parlez|parles|pensez|penses|voulez|faites)-(vous|tu) (de|du|des|d'|à|au|dire|référence|allusion)",
        r"(laquelle|lequel|lesquels) (de|des|du)",
        r"(pourriez-vous|pourrais-tu|pouvez-vous|peux-tu|veuillez|merci de|s'il vous plaît|s'il te plaît|"
        r"auriez-vous) .. (préciser|fournir|donner|indiquer|clarifier|dire|précisez|précise|fournissez|"
        r"fournis|donnez|donne|indiquez|indique|plus (de|d')|confirmer|reformuler|me le dire|davantage)",
        r"(de )?(quel(le)?s?|qui|quoi|que) .. (parlez-vous|parles-tu|faites-vous référence|voulez-vous dire|"
        r"veux-tu dire)",
        r"si vous (pouvez|me|pouviez) .. (fournir|donner|préciser|donnez|précisez|indiquez|informations|"
        r"détails)",
    ),
    condition=(r"si vous (avez besoin|voulez|souhaitez|avez d'autres)",),
    commitment=(
        r"(?<!quelle est )(?<!que )la (bonne |meilleure )?(réponse|solution) (correcte |finale |"
        r"la plus probable )?(est|serait|doit être)",
        r"réponse( finale)? ?:",
        r"(je (crois|pense|suppose|dirais|présume)|il me semble|j'imagine|à mon avis|selon moi)",
        r"(probablement|sans doute|vraisemblablement|peut-être|sûrement)",
        r"(selon|d'après|à ma connaissance)",
        r"(en supposant|si l'on suppose|supposons) .. (est|sont|serait|=)",
    ),
    conclusion=("donc", "par conséquent", "ainsi", "en conclusion"),
    pivot=("mais", "cependant", "toutefois", "néanmoins", "pourtant", "bien que", "en revanche"),
    offer=(
        r"(je peux|je pourrais|vous pouvez|vous pourriez|tu peux|vous devriez|je vous (recommande|suggère|"
        r"conseille|invite)|je te (recommande|suggère|conseille)|consultez|consulte|n'hésitez pas|"
        r"n'hésite pas|je serai|je serais|avec plaisir|il serait|il vaut mieux|vous trouverez|"
        r"si vous (voulez|souhaitez))",
    ),
    bare=(
        "inconnu", "inconnue", "je ne sais pas", "je sais pas", "non précisé", "non spécifié",
        "pas de réponse", "non mentionné",
        "informations insuffisantes", "information insuffisante", "pas assez d'informations", "indéterminé",
        "impossible à déterminer", "aucune idée", "sans réponse", "non disponible",
    ),
)  # fmt: skip
