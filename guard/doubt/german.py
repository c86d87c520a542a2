"""German doubts."""

from __future__ import annotations

from typing import Final

from guard.doubt.table import Doubts

_TOLD: Final = "(angegeben|genannt|gegeben|erwähnt|bekannt|spezifiziert|definiert|klar|festgelegt|enthalten)"
_TASK: Final = "(aufgabe|frage|aufgabenstellung|text|problem)"

GERMAN: Final = Doubts(
    unstated=(
        rf"(nicht|nirgends|nie) (\w+ )?{_TOLD}",
        rf"{_TASK} .. (nennt|gibt|sagt|enthält|erwähnt|verrät|spezifiziert) .. (nicht|kein|keine|keinen|nichts)",
        r"(keine|keinerlei) (angabe|angaben|information|informationen|auskunft|daten)",
        r"(wir|ich) (wissen|weiß|kennen|kenne) .. (nicht|nur)",
    ),
    lacking=(
        r"(fehlt|fehlen|fehlende|fehlenden|unvollständig|unzureichend|unzureichende|unbekannt)",
        r"(nicht|zu) (genug|genügend|wenig|ausreichend|ausreichende)",
        r"(brauche|brauchen|benötige|benötigen|bräuchten|bräuchte|erforderlich|nötig) .. (mehr|weitere|noch|"
        r"zusätzliche)",
        r"(weitere|zusätzliche|nähere) (angaben|informationen|daten|details|bedingungen)",
        r"bitte .. (angeben|nennen|mitteilen|prüfen|überprüfen|ergänzen)",
    ),
    undecided=(
        r"(lässt sich|lassen sich|kann|können) .. nicht .. (bestimmen|bestimmt|berechnen|berechnet|lösen|gelöst|sagen|"
        r"ermitteln|ermittelt|beantworten|beantwortet)",
        r"(unmöglich|unlösbar|nicht (lösbar|möglich|bestimmbar|eindeutig|berechenbar|beantwortbar))",
        r"keine (eindeutige|bestimmte|einzige|numerische|konkrete) (lösung|antwort)",
    ),
    without=(
        r"(ohne|außer wenn|es sei denn|solange) .. (wissen|kenntnis|angabe|angaben|information|informationen|kennen|"
        r"bekannt)",
        r"(wenn|falls) (wir|ich|man) .. (wüssten|wüsste|kennen|kennt|hätten|hätte)",
        r"(genaue|genauen|konkrete|konkreten|exakte|exakten) (zahl|anzahl|wert|betrag|antwort|preis)",
    ),
    assumed=(
        r"(angenommen|annahme|annahmen|annehmen|nehmen wir|nehme ich an|nehme an|vorausgesetzt|hypothetisch\w*|"
        r"beispielsweise|üblicherweise|typischerweise)",
        r"(sei|sagen wir) .. (mal|x|n)",
    ),
    open=(
        r"(mehrdeutig|zweideutig|unklar|vage|verwirrend|unsicher|nicht sicher)",
        r"(interpretieren|interpretiert|interpretation|auslegung)",
        r"(hängt|kommt) .. (ab|an)",
        r"(mehrere|viele|unendlich viele|verschiedene|beliebige) (lösungen|antworten|möglichkeiten|werte)",
    ),
    flawed=(
        r"(tippfehler|schreibfehler|druckfehler|übersetzungsfehler)",
        rf"(fehler|irrtum) in (der|dem) {_TASK}",
        r"(widerspr\w+|unsinnig|sinnlos|ergibt keinen sinn|passt nicht|seltsam|merkwürdig|komisch)",
    ),
    meant=(
        rf"(vielleicht|möglicherweise|wahrscheinlich|vermutlich|anscheinend) .. ({_TASK[1:-1]}|gemeint)",
        r"(gemeint|beabsichtigt|erwartet|impliziert|soll wohl|sollte wohl)",
    ),
    symbolic=(
        r"(in abhängigkeit von|als funktion von|allgemeine (formel|lösung)|ausgedrückt durch|wobei .. (ist|steht))",
    ),
    reread=(
        rf"{_TASK} .. (besagt|lautet|fragt|sagt|steht)",
        r"(noch einmal|nochmals|nochmal) .. (lesen|lese|prüfen|ansehen|nachdenken)",
        r"(gegebenen|vorliegenden|verfügbaren) (informationen|angaben|daten)",
    ),
    wavering=(r"(warte|moment|hm|hmm|vielleicht|oder doch|andererseits|mal sehen|eigentlich)",),
    contrast=(r"(jedoch|allerdings|leider|dennoch|trotzdem|obwohl|aber)",),
    settled=(
        r"(ich (nehme|wähle|rate|tippe|schätze)|am wahrscheinlichsten|plausibel|vernünftig\w*|"
        r"da .. (nicht|kein|keine))",
    ),
)
