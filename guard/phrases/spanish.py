"""Spanish."""

from __future__ import annotations

from typing import Final

from guard.phrases.table import Phrases

_HELP: Final = (
    "(ayudar(te|le|lo)?|responder|contestar|proporcionar(te|le)?|dar(te|le)?|asistir(te|le)?|cumplir|"
    "ofrecer(te|le)?|facilitar(te|le)?|compartir|hacer eso|hacerlo|participar|discutir|hablar de|escribir|"
    "generar|crear|revelar)"
)
_TELL: Final = (
    "(determinar|calcular|saber|responder|contestar|averiguar|conocer|decir|identificar|resolver|precisar|"
    "establecer|confirmar|encontrar|verificar|deducir)(lo|la)?"
)
_MATTER: Final = "(información|datos|detalles|contexto|pruebas)"

SPANISH: Final = Phrases(
    refusal=(
        r"no (pienso|quiero|acepto|estoy dispuest[oa] a) (\w+)",
        r"no cuentes? conmigo",
        r"no (lo |la )?(voy a|pienso) hacer(lo)?",
        r"(prefiero|preferiría) no (\w+)",
        r"por (razones|motivos) de (seguridad|privacidad|confidencialidad)",
        r"no me siento (\w+ )?(cómod[oa]|a gusto)",
        r"no es algo (en lo que|con lo que|que) (yo )?(pueda|puedo|voy)",
        r"no (está|estoy|tengo) (\w+ )?(permitido|permitida|autorizad[oa]|permiso)",
        r"no (te|le|os|les|lo|la) (ayudaré|ayudaremos|daré|diré|haré|proporcionaré|voy a)",
        r"no (ayudaré|responderé|participaré|escribiré|haré|colaboraré)",
        rf"no (puedo|podemos|podré|me es posible|debo|me está permitido|tengo permitido) (\w+ )?{_HELP}",
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
    incapable=(
        r"no (puedo|podemos|podré|voy a|quiero) (\w+)",
        r"no (la|lo|te|le|se|os|les) (puedo|podemos|voy a) (\w+)",
        r"no \w{2,12}(aré|eré|iré)",
    ),
    private=(
        r"(razones|motivos) de (seguridad|privacidad|confidencialidad)",
        r"(información|datos|detalles) (\w+ )?(personal(es)?|privad[oa]s?|confidencial(es)?)",
    ),
    missing=(
        r"(me|nos) (falta|faltan|faltaría)",
        r"(no alcanza|no basta|no es suficiente|no llega) (para|con)",
        r"(jamás|nunca) (ocurrió|existió|sucedió|hubo|tuvo lugar|se celebró|ha habido|ha existido)",
        r"(tendría|habría|necesitaría) que (\w+ )?(ver|consultar|revisar|conocer|saber|leer|mirar)",
        r"(pregunta|premisa|cuestión) (parte|se basa|descansa|es) .. (error|falso|falsa|errónea|"
        r"equivocad[oa]|incorrecta)",
        r"(mis|las) fuentes no",
        r"no (lo|la|eso) (puedo|podemos|podría) (saber|determinar|decir|confirmar)",
        r"(respuesta|información|datos?|detalles?) .. no .. (aparece|aparecen|figura|figuran|está|están|"
        r"consta|constan|se)",
        r"(no|ningún|ninguna) .. (respuesta|información|datos|detalles)",
        r"(pregunta|problema|enunciado|texto|contexto|pasaje|documento|artículo|fuente|"
        r"fragmento) .. no .. (contiene|menciona|incluye|indica|dice|da|especifica|proporciona|responde|"
        r"aclara|ofrece|explica)",
        r"(con|a partir de) (estos|esos|los) datos .. (imposible|no)",
        r"(la pregunta|el problema) no tiene (respuesta|solución)",
        rf"(no hay|sin|falta|faltan|no tengo|no dispongo de|no cuento con|no se (da|dan|proporciona|incluye|"
        rf"ofrece|ofrecen)|insuficiente|insuficientes|hace falta|hacen falta) .. {_MATTER}",
        rf"{_MATTER} (\w+ )?(insuficiente|insuficientes|adicional|adicionales|necesari[ao]s?|"
        rf"incomplet[ao]s?)",
        rf"no (se puede|es posible|puede|pueden|se puede saber|hay (manera|forma) de|puedo|podemos|"
        rf"alcanza para) (\w+ )?(ser )?({_TELL}|determinad[oa]|calculad[oa]|respondid[oa])",
        rf"(es )?imposible (de )?({_TELL}|de determinar)",
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
        r"ni la (más )?(remota|mínima|menor) idea",
        r"no tengo (\w+ ){0,4}idea",
        r"(se me escapa|me pillas|me has pillado)",
        r"no me suena",
        r"no (dispongo|cuento|tengo acceso) (de|con|a)",
        r"(ahí|aquí) me (ganaste|pillaste)",
        r"(no tengo|no hay|sin) (\w+ )?(forma|manera|modo) de (saber|conocer|averiguar|comprobar)(lo|la)?",
        r"no (encontré|encuentro|hallé|he encontrado|he hallado|localicé|me consta|puedo asegurar|"
        r"puedo afirmar|puedo garantizar)",
        r"nunca (he )?(oído|oí) hablar",
        r"no (puedo|podría|sabría) (decir|responder|contestar)(lo|la|te)? .. (certeza|seguridad|exactitud)",
        r"no (lo )?(sé|conozco|recuerdo|sabría|sabemos|entiendo|comprendo|estoy al tanto)",
        r"no (estoy|estamos) (\w+ )?(segur[oa]s?|convencid[oa]|al corriente|familiarizad[oa])",
        r"no (tengo|tenemos|dispongo de|poseo) (\w+ )?(idea|información|conocimiento|datos|certeza|"
        r"la respuesta|una respuesta|registro)",
        rf"no (he podido|pude|logro|puedo|consigo|he logrado) {_TELL}",
        r"desconozco",
        r"ni idea",
        r"(fuera de|más allá de) mi(s)? conocimientos?",
    ),
    vague=(
        r"(difícil|imposible|complicado) (de )?(decir|saber|determinar|conocer|responder|precisar)(lo|la)?",
        r"no (existe|existen|consta|constan|figura) (\w+ )?(ningún|ninguna|registros?|constancia|datos|"
        r"prueba|información)",
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
