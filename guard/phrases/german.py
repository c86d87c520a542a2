"""German."""

from __future__ import annotations

from typing import Final

from guard.phrases.table import Phrases

_HELP: Final = (
    "(helfen|weiterhelfen|behilflich sein|unterstützen|bereitstellen|geben|liefern|"
    "mitteilen|tun|erfüllen|nachkommen|anbieten|machen|schreiben|erstellen|preisgeben|besprechen|diskutieren|"
    "auskunft geben)"
)
_TELL: Final = (
    "(bestimmen|berechnen|beantworten|sagen|ermitteln|feststellen|herausfinden|wissen|bestimmt|berechnet|"
    "beantwortet|ermittelt|festgestellt|ausrechnen|ausgerechnet|lösen|gelöst|angeben|finden|bestätigen|ableiten|abgeleitet|erkennen)"
)
_MATTER: Final = "(informationen|information|angaben|angabe|daten|details|kontext|hinweise|belege)"

GERMAN: Final = Phrases(
    refusal=(
        r"(mache|helfe|schreibe|erkläre|verrate|liefere|erstelle|unterstütze|verfasse|"
        r"übersetze) ich (\w+ )?nicht",
        r"(bekommen|bekommst|erhalten|erhältst|kriegst) (sie|du|ihr) von mir (\w+ )?nicht",
        r"ohne mich$",
        r"(beteilige|gebe|liefere|nenne|verrate|teile|unterstütze|mache|schreibe|"
        r"verfasse) (ich )?.. nicht( heraus| mit| weiter)?",
        r"aus (sicherheitsgründen|datenschutzgründen|ethischen gründen)",
        r"komme ich .. nicht nach",
        r"(muss|möchte) ich .. (ablehnen|verweigern|passen)",
        r"(kann|werde|möchte|darf) .. (nicht|keine|keinen) .. (beteiligen|erzeugen|erstellen|verfassen|"
        r"liefern|mitmachen|teilnehmen|schreiben|generieren|verraten|weitergeben|zeigen|durchführen)",
        r"(ich werde|werde ich) .. (nicht|kein|keine|keinen)",
        r"(nichts|nicht etwas),? (wobei|was|womit|worin|bei dem) ich",
        r"(fühle|ist) .. (nicht wohl|unwohl|nicht recht)",
        r"(darf ich|ich darf) .. nicht",
        r"ist mir nicht (erlaubt|gestattet)",
        r"(werde|möchte|will) ich .. nicht",
        rf"(ich )?(kann|darf|werde|möchte)( ich)? (ihnen|dir|euch|das|dies|dazu|dabei|damit|diese|hier|"
        rf"leider|darauf|keine|nicht) .. {_HELP}",
        r"(kann|darf|werde|möchte)( ich)? .. nicht .. (helfen|weiterhelfen|behilflich sein|unterstützen|"
        r"dienen|nachkommen|tun)",
        r"(ich )?(weigere|lehne) .. (mich|ab)",
        r"(ist|wäre) (\w+ )?(nicht|unangemessen) (\w+ )?(angemessen|ethisch|legal|akzeptabel|vertretbar|"
        r"erlaubt|richtig|in ordnung)",
        r"(verstößt|verstoßen|widerspricht) .. (richtlinien|grundsätze|prinzipien|regeln|gesetz)",
        r"(befürworte|unterstütze|fördere|billige) .. (keine|nicht)",
        r"(muss|möchte) .. ablehnen",
    ),
    incapable=(
        r"(ich (kann|darf|möchte|werde|will)|(kann|darf|möchte|werde|will) ich) .. (nicht|kein|keine|keinen|"
        r"keiner|keinem)",
    ),
    private=(
        r"(sicherheitsgründen|datenschutzgründen)",
        r"(persönliche[nr]?|private[nr]?|vertrauliche[nr]?) (\w+ )?(daten|informationen|angaben)",
    ),
    missing=(
        r"geht .. (nicht|nirgends) hervor",
        r"(nicht|nirgends) (\w+ )?(ausrechnen|berechnen|ermitteln|erschließen|herleiten)",
        r"(so|solch)( ein| eine| einen|e|en|er|es)? .. (nie gegeben|gab es nie|nie existiert|"
        r"existiert nicht|gibt es nicht)",
        r"hat es .. nie gegeben",
        r"(prämisse|annahme|voraussetzung) .. (stimmt nicht|trifft nicht zu|falsch|irrig)",
        r"(meine|die) quellen .. (nicht|keine|nichts)",
        r"kann (ich )?.. nicht (identifizieren|zuordnen|bestimmen|wissen)",
        r"(antwort|informationen|information|angaben?) .. (nicht|keine?|nirgends)",
        r"(kein|keine|keinen|keinerlei) .. (antwort|informationen|information|angaben)",
        r"(keine|eine) antwort .. (nicht möglich|unmöglich|möglich)",
        r"(frage|aufgabe|text|problem|kontext|abschnitt|dokument|quelle|artikel|material) .. (enthält|"
        r"enthalten|nennt|gibt|erwähnt|sagt|liefert|beantwortet|erklärt) .. (nicht|kein|keine|keinen)",
        r"(die berechnung|eine berechnung|eine antwort|die antwort|das) .. (unmöglich|nicht möglich|"
        r"unbestimmt)",
        r"(die frage|das problem) hat keine (antwort|lösung)",
        rf"(nicht genug|nicht genügend|keine|fehlen|fehlt|ohne|zu wenig|unzureichende|nicht ausreichend|"
        rf"ausreichenden?|weitere|zusätzliche|mehr) (?!persönlich)(\w+ )?{_MATTER}",
        rf"{_MATTER} .. (reichen nicht|reicht nicht|fehlen|fehlt|nicht aus|unvollständig|unzureichend|"
        rf"nötig|erforderlich|notwendig)",
        rf"(lässt sich|lassen sich|kann|können|ist|möglich) .. (nicht|unmöglich|"
        rf"nicht möglich) (\w+ )?(zu )?{_TELL}",
        rf"(unmöglich|nicht möglich),? .. zu {_TELL}",
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
        r"überfragt",
        r"(keinen|nicht den) (\w+ )?(blassen |leisesten |geringsten )?(schimmer|dunst|plan|begriff)",
        r"(liegen|liegt|stehen|steht) mir .. (keine|keinerlei|nichts|nicht)",
        r"((sagt|sagen) mir|mir (sagt|sagen)) .. (nichts|nicht)",
        r"(habe|besitze|hätte)( ich)? (leider |dazu |hierzu |darüber )*(keinerlei|"
        r"keine) (\w+ )?(erkenntnisse|kenntnisse|zahlen|daten|unterlagen|angaben|quelle|quellen)",
        r"(kann|könnte|vermag)( ich)? .. nicht .. (beurteilen|einschätzen|einordnen|nachvollziehen|"
        r"überprüfen|prüfen)",
        r"(muss|müsste) ich (\w+ )?(raten|passen)",
        r"fällt mir .. (nicht|kein)",
        r"(information|informationen|angabe|angaben|antwort|auskunft|daten) (habe|besitze|"
        r"kenne) ich .. nicht",
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
        rf"(konnte|kann)( ich)? .. (nicht|keine) .. {_TELL}",
        r"(kann|könnte)( ich)? (\w+ )?(leider )?nicht (mit sicherheit |genau )?(sagen|beantworten)",
        r"keine ahnung",
        r"(mir (ist|sind)|ist mir|sind mir) .. (nicht bekannt|unbekannt)",
        r"entzieht sich meiner kenntnis",
        r"erinnere mich nicht",
    ),
    vague=(
        r"(weiß|wissen) (wohl|höchstens|allein) (nur )?(der|die|das|er|sie)",
        r"(nichts|nie etwas) (\w+ )?(überliefert|bekannt)",
        r"(schwer|schwierig) .. zu (sagen|bestimmen|beantworten|wissen|beurteilen)",
        r"(ist|sind|bleibt|wurde) (\w+ )?(unbekannt|unklar|ungewiss|nicht (genau )?bekannt|nicht klar|"
        r"nichts überliefert|"
        r"nicht überliefert)",
        r"(schwer|schwierig) zu (sagen|bestimmen)",
        r"(hängt|kommt) .. (ab|darauf an)",
        r"(man weiß|niemand weiß) (es )?(nicht)?",
        r"es gibt keine (\w+ )?(belege|aufzeichnungen|hinweise|daten)",
    ),
    request=(
        r"welche[nrs]? .. (meinen sie|meinst du|ist gemeint|geht es)",
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
