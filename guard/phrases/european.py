"""Spanish, French and German."""

from __future__ import annotations

from typing import Final

from guard.phrases.table import Phrases

_ES_HELP: Final = (
    "(ayudar(te|le|lo)?|responder|contestar|proporcionar(te|le)?|dar(te|le)?|asistir(te|le)?|cumplir|"
    "ofrecer(te|le)?|facilitar(te|le)?|compartir|hacer eso|hacerlo|participar|discutir|hablar de|escribir|"
    "generar|crear|revelar)"
)
_ES_TELL: Final = (
    "(determinar|calcular|saber|responder|contestar|averiguar|conocer|decir|identificar|resolver|precisar|"
    "establecer|confirmar|encontrar|verificar|deducir)(lo|la)?"
)
_ES_MATTER: Final = "(información|datos|detalles|contexto|pruebas)"

SPANISH: Final = Phrases(
    refusal=(
        r"no (puedo|podemos|podré) (?!(\w+ )?(determinar|calcular|saber|responder|contestar|averiguar|"
        r"conocer|decir|identificar|resolver|precisar|establecer|confirmar|encontrar|verificar|deducir|"
        r"asegurar|afirmar|garantizar|recordar|estar|dar una|ofrecer una respuesta|ser|más|ver|"
        r"acceder))(\w+)",
        r"no \w{2,12}(aré|eré|iré)",
        r"no me siento (\w+ )?(cómod[oa]|a gusto)",
        r"no es algo (en lo que|con lo que|que) (yo )?(pueda|puedo|voy)",
        r"no (está|estoy|tengo) (\w+ )?(permitido|permitida|autorizad[oa]|permiso)",
        r"no (te|le|os|les|lo|la) (ayudaré|ayudaremos|daré|diré|haré|proporcionaré|voy a)",
        r"no (ayudaré|responderé|participaré|escribiré|haré|colaboraré)",
        rf"no (puedo|podemos|podré|me es posible|debo|me está permitido|tengo permitido) (\w+ )?{_ES_HELP}",
        r"no (voy|vamos) a (\w+)",
        r"me niego a",
        r"(lo siento|lamento|perdón|disculpa|disculpe),? (pero )?(no (puedo|podemos)) (ayudar|hacer|con|"
        r"proporcionar|dar)",
        r"(no es|no sería|no resulta) (apropiado|ético|adecuado|legal|aceptable|correcto|seguro)",
        r"(va|iría) en contra de (mis|nuestras|las) (\w+ )?(normas|directrices|políticas|principios|reglas)",
        r"no (apoyo|promuevo|fomento|respaldo|apruebo)",
        r"no tengo acceso a (tu|tus|su|sus) (información|datos)",
        r"(debo|tengo que) (rechazar|declinar|negarme)",
        r"(prefiero|preferiría) no (responder|contestar|hablar)",
    ),
    missing=(
        r"(pregunta|problema|enunciado|texto|contexto|pasaje|documento|artículo|fuente|"
        r"fragmento) .. no .. (contiene|menciona|incluye|indica|dice|da|especifica|proporciona|responde|"
        r"aclara|ofrece|explica)",
        r"(con|a partir de) (estos|esos|los) datos .. (imposible|no)",
        r"(la pregunta|el problema) no tiene (respuesta|solución)",
        rf"(no hay|sin|falta|faltan|no tengo|no dispongo de|no cuento con|no se (da|dan|proporciona|incluye|"
        rf"ofrece|ofrecen)|insuficiente|insuficientes|hace falta|hacen falta) .. {_ES_MATTER}",
        rf"{_ES_MATTER} (\w+ )?(insuficiente|insuficientes|adicional|adicionales|necesari[ao]s?|"
        rf"incomplet[ao]s?)",
        rf"no (se puede|es posible|puede|pueden|se puede saber|hay (manera|forma) de|puedo|podemos|"
        rf"alcanza para) (\w+ )?(ser )?({_ES_TELL}|determinad[oa]|calculad[oa]|respondid[oa])",
        rf"(es )?imposible (de )?({_ES_TELL}|de determinar)",
        r"(la pregunta|el problema|el enunciado|el texto|el contexto|el pasaje|el documento|no) .. (no |"
        r"se )(proporciona|menciona|especifica|indica|dice|contiene|incluye|da|aclara|tiene sentido|ofrece|"
        r"aparece)",
        r"(la pregunta|el problema|el enunciado|la premisa) .. (ambigu[ao]|incomplet[ao]|incorrect[ao]|"
        r"fals[ao]|contradictori[ao]|no tiene sentido|erróne[ao]|un error|una premisa falsa)",
        r"(necesito|necesitaría|necesitamos|se necesita|se necesitan|necesitaríamos|haría falta|"
        r"requiere) .. (más|saber|conocer|información|datos|detalles|contexto)",
        r"(sin saber|sin conocer|sin más (información|datos|detalles|contexto))",
        r"(premisa|suposición) (falsa|incorrecta|errónea)",
        r"no (se|está|están) (especifica|indica|menciona|especificad[oa]s?|indicad[oa]s?|mencionad[oa]s?|"
        r"definid[oa]s?|dad[oa]s?)",
        r"carece de (información|datos|sentido)",
    ),
    ignorance=(
        r"(no tengo|no hay|sin) (\w+ )?(forma|manera|modo) de (saber|conocer|averiguar|comprobar)(lo|la)?",
        r"no (encontré|encuentro|hallé|he encontrado|he hallado|localicé|me consta|puedo asegurar|"
        r"puedo afirmar|puedo garantizar)",
        r"nunca (he )?(oído|oí) hablar",
        r"no (puedo|podría|sabría) (decir|responder|contestar)(lo|la|te)? .. (certeza|seguridad|exactitud)",
        r"no (lo )?(sé|conozco|recuerdo|sabría|sabemos|entiendo|comprendo|estoy al tanto)",
        r"no (estoy|estamos) (\w+ )?(segur[oa]s?|convencid[oa]|al corriente|familiarizad[oa])",
        r"no (tengo|tenemos|dispongo de|poseo) (\w+ )?(idea|información|conocimiento|datos|certeza|"
        r"la respuesta|una respuesta|registro)",
        rf"no (he podido|pude|logro|puedo|consigo|he logrado) {_ES_TELL}",
        r"desconozco",
        r"ni idea",
        r"(fuera de|más allá de) mi(s)? conocimientos?",
    ),
    vague=(
        r"(se desconoce|es desconocid[oa]|no se (sabe|conoce)|no está claro|es incierto|nadie (lo )?sabe)",
        r"(difícil|imposible) (de )?(decir|saber|determinar)",
        r"depende de",
        r"no hay (\w+ )?(pruebas|registros|evidencia|constancia)",
    ),
    request=(
        r"(te refieres|se refiere|quieres decir|quiere decir|hablas|habla usted) (a|al|de|del|si)",
        r"(cuál|cuáles) de (los|las|ellos|ellas)",
        r"(podrías?|podría|puedes?|puede|por favor|te agradecería|le agradecería|"
        r"sería tan amable) .. (proporcionar|aclarar|especificar|dar(me|nos)?|indicar(me)?|precisar|decirme|"
        r"aclárame|proporciona|proporcione|aclara|aclare|especifica|especifique|indica|indique|"
        r"más (información|detalles|contexto)|dime|dígame|confirma|confirme|reformul\w+)",
        r"(qué|que|cuál|cual|quién|quien) .. (te refieres|se refiere|quieres decir|quiere decir)",
        r"a (qué|cuál|quién) .. (te refieres|se refiere)",
        r"si (me )?(das|proporcionas|proporciona|facilitas|puedes|puede|indicas|indica|aclaras|"
        r"aclara) .. (información|datos|detalles|contexto|pregunta)",
    ),
    condition=(r"si (necesitas?|quieres?|tienes?|tiene|deseas?) ",),
    commitment=(
        r"(?<!cuál es )(?<!qué es )la (respuesta|solución) (correcta |final |más probable )?(es|sería|"
        r"debe ser)",
        r"respuesta( final| correcta)? ?:",
        r"(creo|pienso|supongo|diría|me parece|imagino|calculo) que",
        r"(diría|apostaría) ",
        r"(probablemente|seguramente|posiblemente|quizás?|tal vez|lo más probable)",
        r"(según|a fecha de|de acuerdo con)",
        r"(suponiendo|asumiendo|si suponemos) .. (es|son|sería|serían|=)",
        r"(en mi opinión|mi mejor (suposición|conjetura))",
    ),
    conclusion=("por lo tanto", "por tanto", "así que", "entonces", "en conclusión", "luego"),
    pivot=("pero", "sin embargo", "no obstante", "aunque", "aun así", "con todo"),
    offer=(
        r"(puedo|podría|podrías|puedes|puede|podemos|te recomiendo|le recomiendo|recomiendo|sugiero|"
        r"te sugiero|le sugiero|convendría|conviene|debes|deberías|debería|consulta|consulte|busca|"
        r"busque) (\w+)",
        r"(con gusto|encantad[oa]|si (quieres|quiere|lo deseas|lo desea|me das|me da)|estaré encantad[oa]|"
        r"hay algo más)",
    ),
    bare=(
        "desconocido", "desconocida", "no se sabe", "sin respuesta", "no especificado", "no se especifica",
        "no se menciona", "información insuficiente", "no hay suficiente información", "no lo sé", "no sé",
        "indeterminado", "no disponible", "no se puede determinar", "ni idea", "imposible de determinar",
    ),
)  # fmt: skip

_FR_HELP: Final = (
    "(vous |t'|te |y |l'|le |la |en |lui )?(aider|répondre|fournir|donner|assister|accéder|satisfaire|"
    "partager|communiquer|faire cela|faire ça|participer|discuter|parler|écrire|générer|créer|révéler|"
    "divulguer|traiter)"
)
_FR_TELL: Final = (
    "(le |la |l'|y )?(déterminer|calculer|savoir|répondre(?! à (cette|votre|ta) (demande|requête))|trouver|"
    "dire|connaître|identifier|résoudre|"
    "préciser|établir|confirmer|vérifier|déduire|conclure)"
)
_FR_MATTER: Final = "(informations?|données|détails?|précisions?|contexte|éléments|preuves?)"

FRENCH: Final = Phrases(
    refusal=(
        r"je ne (peux|puis|pourrai) (malheureusement )?pas (?!(\\w+ )?(le |la |l'|y |en )?(déterminer|"
        r"calculer|savoir|répondre|trouver|dire|connaître|identifier|résoudre|préciser|établir|confirmer|"
        r"vérifier|déduire|conclure|être|affirmer|garantir|accéder|voir))(\\w+)",
        r"je ne \\w{2,14}rai pas",
        r"(répondre|donner suite) à (cette|votre|ta|une telle) (demande|requête)",
        r"pas (\w+ )?à l'aise (pour|avec|de)",
        r"pas quelque chose (que je|dont je|pour lequel)",
        r"je ne (vous |t'|te |l'|le |la )?(aiderai|fournirai|donnerai|répondrai|ferai|dirai|participerai|"
        r"écrirai) pas",
        r"(pas|ne) (\w+ )?(autorisée?|permis|le droit|habilitée?) (de|à)",
        rf"(je|nous) ne (peux|pouvons|puis|saurais|suis pas en mesure de|suis pas autorisée? à|"
        rf"suis pas habilitée? à) (pas |malheureusement pas )?{_FR_HELP}",
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
    missing=(
        r"(question|énoncé|problème|texte|contexte|passage|document|article|source|extrait) .. (ne|"
        r"n') ?.. (contient|mentionne|précise|indique|dit|donne|fournit|répond|comporte|explique)",
        r"(le calcul|la réponse|la question|le résultat) .. (est|reste|sont) (\w+ )?(impossible|"
        r"indéterminée?|sans réponse)",
        r"(la question|le problème) n'a pas de (réponse|solution)",
        rf"(pas|manque|manquent|sans|insuffisante?s?|aucune?|plus|davantage|trop peu) (assez |suffisamment |"
        rf"plus )?(d'|de |des )?(\w+ )?{_FR_MATTER}",
        rf"{_FR_MATTER} (\w+ )?(insuffisante?s?|supplémentaires?|complémentaires?|manquante?s?|nécessaires?|"
        rf"incomplète?s?)",
        rf"(ne (peux|peut|pouvons|permet(tent)?|permet(tent)? pas|puis)( pas)?( de)?|impossible( de)?|"
        rf"pas possible de|pas en mesure de|aucun moyen de) (être )?({_FR_TELL}|déterminée?|calculée?)",
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
        r"(n'ai|n'avons) (rien |pas |jamais )?(trouvé|pu trouver)",
        r"(aucun|pas de|pas) moyen de (le |la )?(savoir|vérifier|connaître)",
        r"jamais entendu parler",
        r"(ne )?(peux|puis|saurais) (pas )?.. avec certitude",
        r"dépasse mes",
        r"(je )?(ne |n')?(le |la |l'|en )?(sais|connais|comprends|me souviens|rappelle) (pas|plus|rien)",
        r"je (ne |n')(suis|sommes) pas (\w+ )?(sûre?|certaine?|familière?|convaincue?|au courant)",
        r"je (n'ai|ne dispose|ne possède) (pas|d'aucune?|aucune?) .. (information|idée|réponse|connaissance|"
        r"données|certitude|accès)",
        rf"je (n'ai pas|ne) (pu|réussi à|parviens pas à|parvenu à|peux pas|trouve pas) ?{_FR_TELL}?",
        r"j'ignore",
        r"aucune idée",
        r"(dépasse|au-delà de) mes connaissances",
    ),
    vague=(
        r"(est|sont|reste) (encore |toujours )?(inconnue?s?|incertaine?s?)",
        r"(on ne sait pas|nul ne sait|personne ne (le )?sait|n'est pas (clair|connue?))",
        r"(difficile|impossible) (à|de) (dire|savoir|déterminer)",
        r"(cela|ça|tout) dépend (de|du|des)",
        r"il n'(existe|y a) (pas|aucune?) .. (preuve|trace|données)",
    ),
    request=(
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

_DE_HELP: Final = (
    "(helfen|weiterhelfen|behilflich sein|unterstützen|bereitstellen|geben|liefern|"
    "mitteilen|tun|erfüllen|nachkommen|anbieten|machen|schreiben|erstellen|preisgeben|besprechen|diskutieren|"
    "auskunft geben)"
)
_DE_TELL: Final = (
    "(bestimmen|berechnen|beantworten|sagen|ermitteln|feststellen|herausfinden|wissen|bestimmt|berechnet|"
    "beantwortet|ermittelt|festgestellt|lösen|gelöst|angeben|finden|bestätigen|ableiten|abgeleitet|erkennen)"
)
_DE_MATTER: Final = "(informationen|information|angaben|angabe|daten|details|kontext|hinweise|belege)"

GERMAN: Final = Phrases(
    refusal=(
        r"(kann|werde|möchte|darf) .. (nicht|keine|keinen) .. (beteiligen|erzeugen|erstellen|verfassen|"
        r"liefern|mitmachen|teilnehmen|schreiben|generieren|verraten|weitergeben|zeigen|durchführen)",
        r"(ich werde|werde ich) .. (nicht|kein|keine|keinen)",
        r"(nichts|nicht etwas),? (wobei|was|womit|worin|bei dem) ich",
        r"(fühle|ist) .. (nicht wohl|unwohl|nicht recht)",
        r"(darf ich|ich darf) .. nicht",
        r"ist mir nicht (erlaubt|gestattet)",
        r"(werde|möchte|will) ich .. nicht",
        rf"(ich )?(kann|darf|werde|möchte)( ich)? (ihnen|dir|euch|das|dies|dazu|dabei|damit|diese|hier|"
        rf"leider|darauf|keine|nicht) .. {_DE_HELP}",
        r"(kann|darf|werde|möchte)( ich)? .. nicht .. (helfen|weiterhelfen|behilflich sein|unterstützen|"
        r"dienen|nachkommen|tun)",
        r"(ich )?(weigere|lehne) .. (mich|ab)",
        r"(ist|wäre) (\w+ )?(nicht|unangemessen) (\w+ )?(angemessen|ethisch|legal|akzeptabel|vertretbar|"
        r"erlaubt|richtig|in ordnung)",
        r"(verstößt|verstoßen|widerspricht) .. (richtlinien|grundsätze|prinzipien|regeln|gesetz)",
        r"(befürworte|unterstütze|fördere|billige) .. (keine|nicht)",
        r"(muss|möchte) .. ablehnen",
    ),
    missing=(
        r"(frage|aufgabe|text|problem|kontext|abschnitt|dokument|quelle|artikel|material) .. (enthält|"
        r"enthalten|nennt|gibt|erwähnt|sagt|liefert|beantwortet|erklärt) .. (nicht|kein|keine|keinen)",
        r"(die berechnung|eine berechnung|eine antwort|die antwort|das) .. (unmöglich|nicht möglich|"
        r"unbestimmt)",
        r"(die frage|das problem) hat keine (antwort|lösung)",
        rf"(nicht genug|nicht genügend|keine|fehlen|fehlt|ohne|zu wenig|unzureichende|nicht ausreichend|"
        rf"ausreichenden?|weitere|zusätzliche|mehr) (?!persönlich)(\w+ )?{_DE_MATTER}",
        rf"{_DE_MATTER} .. (reichen nicht|reicht nicht|fehlen|fehlt|nicht aus|unvollständig|unzureichend|"
        rf"nötig|erforderlich|notwendig)",
        rf"(lässt sich|lassen sich|kann|können|ist|möglich) .. (nicht|unmöglich|"
        rf"nicht möglich) (\w+ )?(zu )?{_DE_TELL}",
        rf"(unmöglich|nicht möglich),? .. zu {_DE_TELL}",
        r"(nicht|keine) (\w+ )?(beantwortbar|lösbar|bestimmbar|eindeutig|angegeben|genannt|erwähnt|"
        r"spezifiziert|definiert)",
        r"(die frage|die aufgabe|der text|das problem|der kontext|die annahme|der abschnitt|das dokument|sie|"
        r"er|es) .. (enthält|nennt|gibt|erwähnt|sagt|liefert|ergibt|macht) .. (keine|nicht|keinen|kein)",
        r"(die frage|die aufgabe|die annahme|die prämisse|das problem) .. (mehrdeutig|unvollständig|falsch|"
        r"widersprüchlich|unklar|unsinnig|fehlerhaft|einen fehler|nicht sinnvoll)",
        r"(brauche|bräuchte|benötige|benötigte|benötigt|müsste) .. (mehr|weitere|zusätzliche|wissen|angaben|"
        r"informationen|angabe|genauere)",
        r"(ohne zu wissen|ohne weitere|ohne nähere|ohne kenntnis)",
        r"(falsche|falschen|fehlerhafte|unzutreffende|unzutreffenden) (annahme|prämisse|voraussetzung)",
    ),
    ignorance=(
        r"(übersteigt|überschreitet) .. (wissen|kenntnisse|wissensstand)",
        r"(keine|nichts|keinen) .. gefunden",
        r"(nie|noch nie) .. gehört",
        r"kann (ich )?(\w+ )?(\w+ )?nicht (wissen|mit sicherheit)",
        r"(außerhalb|jenseits) (meines|meiner) (wissens|kenntnisse)",
        r"(ich (weiß|kenne|verstehe)|(weiß|kenne|verstehe) ich) .. (nicht|keine)",
        r"(ich )?(weiß|kenne|verstehe)( ich)? (es |das |die antwort )?(leider )?nicht",
        r"(bin|sind)( ich)? (mir |leider )*(\w+ )?(nicht|un) ?(\w+ )?(sicher|im klaren|vertraut)",
        r"(habe|besitze|verfüge)( ich)? (leider )?(dazu |darüber |hierzu )?(keine|keinen|"
        r"über keine) (\w+ )?(ahnung|information|informationen|antwort|kenntnis|kenntnisse|daten|zugang|"
        r"zugriff|angaben|gesicherte)",
        rf"(konnte|kann)( ich)? .. (nicht|keine) .. {_DE_TELL}",
        r"(kann|könnte)( ich)? (\w+ )?(leider )?nicht (mit sicherheit |genau )?(sagen|beantworten)",
        r"keine ahnung",
        r"(mir (ist|sind)|ist mir|sind mir) .. (nicht bekannt|unbekannt)",
        r"entzieht sich meiner kenntnis",
        r"erinnere mich nicht",
    ),
    vague=(
        r"(ist|sind|bleibt) (\w+ )?(unbekannt|unklar|ungewiss|nicht (genau )?bekannt|nicht klar|"
        r"nicht überliefert)",
        r"(schwer|schwierig) zu (sagen|bestimmen)",
        r"(hängt|kommt) .. (ab|darauf an)",
        r"(man weiß|niemand weiß) (es )?(nicht)?",
        r"es gibt keine (\w+ )?(belege|aufzeichnungen|hinweise|daten)",
    ),
    request=(
        r"(meinen sie|meinst du|meint ihr|sprechen sie von|redest du von|sprichst du von|geht es (ihnen|"
        r"dir) um)",
        r"(welche[nrs]?|welches) (von|der) (beiden|diesen|den)",
        r"(bitte|könnten sie|könntest du|können sie|kannst du|würden sie) .. (präzisieren|angeben|nennen|"
        r"geben sie|gib|gib mir|erläutern|klären|mitteilen|teilen sie|nennen sie|nenne|mehr|weitere|genauer|"
        r"klarstellen|umformulieren|sagen)",
        r"(was|wen|welche[nrs]?) .. (meinen sie|meinst du|ist gemeint|beziehen sie sich|beziehst du dich)",
        r"wenn (sie|du) .. (mitteilen|angeben|nennen|nennst|gibst|geben|angibst)",
    ),
    condition=(r"(wenn|falls) (sie|du) (\w+ )?(weitere|noch|mehr)",),
    commitment=(
        r"die (richtige |korrekte |wahrscheinlichste )?(antwort|lösung) (ist|lautet|wäre|dürfte)",
        r"antwort ?:",
        r"(ich (glaube|denke|vermute|nehme an|würde sagen|meine|schätze|tippe)|(glaube|denke|vermute|"
        r"schätze) ich|meiner meinung nach|meines wissens|soweit ich weiß)",
        r"(wahrscheinlich|vermutlich|vielleicht|wohl|möglicherweise)",
        r"(laut|nach angaben|stand (januar|februar|märz|april|mai|juni|juli|august|september|oktober|"
        r"november|dezember|\d))",
        r"(angenommen|unter der annahme) .. (ist|sind|wäre|=)",
    ),
    conclusion=("also", "daher", "folglich", "somit", "deshalb", "demnach"),
    pivot=("aber", "jedoch", "allerdings", "dennoch", "trotzdem", "obwohl", "doch"),
    offer=(
        r"(ich kann|kann ich|ich könnte|sie können|du kannst|sie könnten|sie sollten|du solltest|"
        r"ich empfehle|ich schlage|ich helfe|wenden sie sich|gerne|konsultieren|schauen sie|schau|"
        r"wenn sie (möchten|wollen)|am besten|fragen sie|es empfiehlt sich)",
    ),
    bare=(
        "unbekannt", "weiß nicht", "ich weiß es nicht", "keine antwort", "nicht angegeben", "nicht bekannt",
        "keine angabe",
        "nicht genug informationen", "unzureichende informationen", "nicht bestimmbar", "unklar",
        "keine ahnung",
        "nicht beantwortbar", "keine information", "nicht erwähnt", "kann nicht bestimmt werden",
    ),
)  # fmt: skip
