"""The words of dates in French, English and Spanish, in lower case without accents.

A phrase is a tuple of words; apostrophes separate words as spaces do (``jusqu au``). The languages share one
vocabulary because plans mix them: the meaning of a word does not depend on the language of the others.
"""

from collections.abc import Mapping


class PhraseTable(dict[str, tuple[tuple[str, ...], ...]]):
    """Phrases by their first word, the longest first."""


def _phrase_table(*lines: str) -> PhraseTable:
    """Return the phrases of some lines; ``|`` separates phrases."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in "|".join(lines).split("|"):
        words = tuple(text.split())
        phrases.setdefault(words[0], []).append(words)
    return PhraseTable((first, tuple(sorted(group, key=len, reverse=True))) for first, group in phrases.items())


def _number_words(first: int, *lines: str) -> Mapping[str, int]:
    """Return the number of each word: that of its line."""
    return {word: number for number, line in enumerate(lines, first) for word in line.split()}


def _word_set(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _names(line: str) -> Mapping[str, str]:
    """Return names as they are written, by their form in lower case without accents."""
    return {name.casefold().translate(str.maketrans("éáû", "eau")): name for name in line.split()}


MONTHS = _number_words(
    1,
    "janvier january enero janv jan ene",
    "fevrier february febrero fevr fev feb febr",
    "mars march marzo mar mrz",
    "avril april abril avr apr abr",
    "mai may mayo",
    "juin june junio jun",
    "juillet july julio juil juill jul",
    "aout august agosto aug ago",
    "septembre september septiembre setiembre sept sep set",
    "octobre october octubre oct",
    "novembre november noviembre nov",
    "decembre december diciembre dec dic",
)
WEEKDAYS = _number_words(
    0,
    "lundi monday lunes lun mon",
    "mardi tuesday martes mar tue tues",
    "mercredi wednesday miercoles mer mie wed weds",
    "jeudi thursday jueves jeu jue thu thur thurs",
    "vendredi friday viernes ven vie fri",
    "samedi saturday sabado sam sab sat",
    "dimanche sunday domingo dim dom sun",
)
"""Weekdays from Monday (0); ``mar`` is also a month."""
SEASONS = _number_words(
    21, "printemps spring primavera", "ete summer verano", "automne autumn fall otono", "hiver winter invierno"
)
HEMISPHERES: Mapping[str, int] = {
    **dict.fromkeys(_word_set("northern boreal boreale"), 4),
    **dict.fromkeys(_word_set("southern austral australe"), 8),
}
"""What to add to the number of a season for that of a hemisphere."""
SEASONS_OF_TWO_YEARS = (24, 28, 30)
"""Those that begin in December."""
ORDINALS: Mapping[str, int] = {
    **_number_words(
        1,
        "premier premiere first primer primero primera i",
        "deuxieme second seconde segundo segunda ii",
        "troisieme third tercer tercero tercera iii",
        "quatrieme fourth cuarto cuarta iv",
        "cinquieme fifth quinto quinta",
    ),
    **dict.fromkeys(_word_set("dernier derniere last ultimo ultima"), -1),
}
FIRST_DAY = frozenset(("premier", "first", "primero"))
"""Ordinals used for the first day of a month."""

QUARTER = _word_set("trimestre trimestres quarter quarters trimester trimesters trim")
FOUR_MONTHS = _phrase_table(
    "cuatrimestre|cuatrimestres|quadrimestre|quadrimestres|four - month period|four month period",
    "four - month periods|four month periods",
)
SEMESTER = _word_set("semestre semestres semester semesters")
HALF = _word_set("half halves moitie mitad")
FORTNIGHT = _word_set("quinzaine quincena fortnight")
WEEK = _word_set("semaine week semana")
WEEKEND = _phrase_table("weekend|week - end|week end|fin de semana")
QUARTER_SIGNS = QUARTER | {"t", "q"}
SEMESTER_SIGNS = SEMESTER | {"s", "h"}
"""Words and letters beside the number of a quarter or a half of a year."""

ARTICLE = _phrase_table("le|la|l|les|the|el|los|las")
OF = _phrase_table(
    "de|du|d|des|del|of|in|en|de la|de l|of the|in the|de los|of this|dans|of next",
    "du mois de|du mois d|del mes de|of the month of",
)
OF_YEAR = _phrase_table("de|del|of|in|en|d|de l annee|de l an|del ano|of the year|in the year|of year|annee|ano|year")
YEAR_WORD = _phrase_table("annee|ano|year|l annee|the year")
_DATES_TO_FIX = (
    (("date", "dates", "jour", "jours"), "a determiner|a preciser|a confirmer|a definir|a fixer", ("en", "au", "dans")),
    (
        ("date", "dates", "day", "days"),
        "tbd|tba|tbc|to be determined|to be confirmed|to be announced|to be decided|to be fixed|to be set",
        ("in", "during"),
    ),
    (
        ("fecha", "fechas", "dia", "dias"),
        "por determinar|por confirmar|por definir|por fijar|por concretar|por precisar|a determinar|a confirmar",
        ("en", "durante"),
    ),
)
"""A date that is not fixed yet, before the month it will be in: nouns, what is to be done, and the next word."""
LEADING_WORDS = _phrase_table(
    "en|le|la|l|les|de|du|d|des|a|au|dans|pendant|durant|courant|dans le courant de|dans le courant du|au cours de",
    "au cours du|au mois de|au mois d|en el mes de|in the month of|month of|mois de|mois d|mes de|a un moment de",
    "in|on|the|of|during|sometime in|some time in|somewhere in|in the course of",
    "jour|jours|day|days|dia|dias|el|los|las|del|al|durante|en el curso de|en algun momento de",
    "un jour de|un jour d|un jour du|un jour en|un jour au|a un moment du|tout au long de|tout au long du",
    "some day in|someday in|one day in|on a day in|on some day in|any day in|at some point in|throughout|all through",
    "un dia de|un dia del|un dia en|algun dia de|algun dia del|algun dia en|a lo largo de|a lo largo del",
    "tout le mois de|tout le mois d|toute l|all of|all|the whole of|the whole month of|all month in",
    "todo el mes de|todo el|todo|toda la",
    "en el transcurso de|en el transcurso del|en el curso del|en algun momento del|en cualquier momento de",
    *(
        f"{noun} {words} {place}"
        for nouns, to_do, places in _DATES_TO_FIX
        for noun in nouns
        for words in to_do.split("|")
        for place in places
    ),
)
"""Words before a date without meaning for it."""
UNTIL_WORDS = frozenset(("au", "al"))
"""Those ``LEADING_WORDS`` that mean "until" before a day."""

TO = _phrase_table(
    "-|- -|- >|to|until|till|til|through|thru|up to|a|au|aux|al|hasta|jusqu au|jusqu a|jusqu en|jusqu aux",
    "et jusqu au|y hasta|and until",
)
UNTIL = _phrase_table(
    "until|till|til|up to|jusqu au|jusqu a|jusqu en|jusqu aux|jusque|jusqu|hasta|hasta el|hasta la|hasta los"
)
"""Words before the end of a date whose start is open."""
AND = _phrase_table("and|et|y|e|&|+|and on|et le")
OR = _phrase_table("or|ou|o|u|ou bien|o bien")
FROM = _phrase_table(
    "from|since|starting|starting from|starting on|starting in|as of|as from|from the",
    "a partir de|a partir du|a partir d|a partir del|a compter de|a compter du|a compter d|depuis",
    "desde|a contar de|a contar del",
)
ONWARDS = _phrase_table(
    "on|onward|onwards|and on|and later|and beyond|et apres|et au - dela|et au dela|et plus tard|en adelante",
    "y en adelante|y despues",
)
DOTS = _phrase_table(". . .")
BETWEEN = _phrase_table("between|entre")
APPROXIMATE = _phrase_table(
    "vers|environ|env|autour de|autour du|autour d|aux environs de|aux environs du|aux environs d|approximativement",
    "aux alentours de|aux alentours du|aux alentours d|a peu pres",
    "around|about|approximately|approx|circa|ca|c|roughly|or so|or thereabouts|round about|on or around|on or about",
    "hacia|alrededor de|alrededor del|aproximadamente|aprox|en torno a|en torno al|sobre|mas o menos|~",
)
YEARLY = _phrase_table(
    "every|each|every year|each year|yearly|annually|annual|once a year|every year on|each year on|of every year",
    "chaque|tous les|chaque annee|de chaque annee|tous les ans|annuel|annuelle|annuellement|chaque annee le",
    "cada|todos los|cada ano|de cada ano|todos los anos|anual|anualmente|cada ano el",
)
UNCERTAIN = _phrase_table(
    "provisoire|provisoirement|probable|probablement|sans doute|peut - etre|peut etre|incertain|incertaine",
    "sous reserve|sous reserve de confirmation|pas encore confirme|pas encore confirmee|pas encore confirmees",
    "non confirme|non confirmee|non confirmees",
    "provisional|provisionally|tentative|tentatively|probably|possibly|perhaps|maybe|likely|unconfirmed|uncertain",
    "not confirmed|not yet confirmed|subject to confirmation|subject to change",
    "provisionalmente|probablemente|posiblemente|quizas|tal vez|sin confirmar|no confirmado|no confirmada|incierto",
    "incierta|sujeto a confirmacion|sujeto a cambios",
)
"""Qualifiers of an uncertain date; they cannot replace a date."""
INCLUDED = _phrase_table(
    "inclus|incluse|incluses|compris|toute la journee|inclusive|included|both inclusive|both included|all day",
    "incluido|incluidos|incluidas|ambos inclusive|ambos incluidos|todo el dia",
)
"""Words that say what is true for all dates: whole days, the last one included."""
UNKNOWN = _phrase_table(
    "a confirmer|a preciser|a determiner|a definir|a fixer|a annoncer|a venir|inconnu|inconnue|inconnues",
    "non connue|pas connue|pas encore connue|pas encore connues|non fixee|pas encore fixee|pas encore fixees",
    "non communiquee|non precisee|non definie|a communiquer|en attente|en attente de confirmation",
    "non determinee|reste a confirmer|restent a confirmer|doit etre confirmee|sera confirmee|encore inconnue",
    "tbd|tba|tbc|to be announced|to be confirmed|to be determined|to be decided|to be defined|to be fixed|to be set",
    "to be scheduled|to be advised|unknown|not known|not yet known|not fixed|not yet fixed|not set|not yet set",
    "undetermined|to be agreed|no date yet|coming soon",
    "still unknown|still to be confirmed|yet to be confirmed|yet to be announced",
    "por confirmar|por determinar|por definir|por anunciar|por fijar|por decidir|a confirmar|a determinar|a definir",
    "por concretar|por precisar|por establecer|por comunicar|a concretar|sin concretar|sin fecha definida",
    "a anunciar|pendiente|pendiente de confirmar|pendiente de confirmacion|desconocido|desconocida|desconocidas",
    "n / a|n / d|n . a .|s / d|s / f|na|sans date|no date|no date yet|date unknown",
    "on ne sait pas|on ne sait pas encore|personne ne sait|personne ne le sait|nobody knows",
    "nadie sabe|nadie lo sabe|pas encore connu|pas encore connue|not decided|not decided yet|no se sabe",
    "no se sabe aun|aun no se sabe|todavia no se sabe|no se sabe todavia|aun no se conoce|todavia no se conoce",
    "sin fecha|sin determinar|sin definir|aun por confirmar|todavia por confirmar|? ? ?|? ?|?",
)
"""Words for an unknown date; after a date they make it uncertain."""
DATE_NOUNS = _word_set("date dates fecha fechas day days jour jours dia dias")
DATE_WORDS = DATE_NOUNS | _word_set(
    "exact exacte exactes exacta exactas new nouvelle nouvelles nueva nuevas the la les las le el is are est sont es "
    "esta when quand cuando"
)
"""Words around ``UNKNOWN``: "date to be confirmed", "exact dates TBC"."""
AT = _phrase_table(
    "a|at|a la|a las|a los|al|las|de|from|de las|desde las|from the|a partir de|a partir de las|des|@|t|le|starting at"
)
"""Words between a day and its time."""
AT_HOUR = _phrase_table("at|a la|a las|@")
"""Those before a number that is an hour."""
FROM_HOUR = _phrase_table("from|de|de las|des|desde las")
"""Words before the first of two numbers that are hours."""
AT_NIGHT = _phrase_table("de la noche|de la nuit|at night")
"""Words after 12 that make it midnight."""
LATE = _phrase_table("late|tard|tarde|close|l aube|la madrugada|el amanecer|dawn")
"""Ends without an hour."""
O_CLOCK = _phrase_table("o clock")
ANYWHERE_ON_EARTH = _phrase_table("aoe|anywhere on earth")
"""The zone of deadlines, UTC-12."""
MORNING = _phrase_table("du matin|in the morning|de la manana|de la madrugada")
AFTERNOON = _phrase_table("du soir|de l apres-midi|in the afternoon|in the evening|at night|de la tarde|de la noche")
PORTIONS = (
    _phrase_table(
        "debut|debut de|early|early in|beginning|beginning of|start|start of|principios|principio|inicios|inicio",
        "comienzos|comienzo",
    ),
    _phrase_table("mi|milieu|mid|middle|middle of|mediados|mitad"),
    _phrase_table("fin|end|end of|late|late in|fines|finales|final"),
)
"""Beginning, middle and end of a period."""
WEEK_OF = _phrase_table(
    "semaine du|semaine de|week of|week commencing|week beginning|week starting|week from|w / c|semana del|semana de"
)
WEEK_ENDING = _phrase_table(
    "semaine se terminant le|semaine qui se termine le|semaine finissant le|week ending|week ending on|week ended",
    "semana que termina el|semana que finaliza el|semana que acaba el",
)

ZONE_WORDS = _word_set(
    "cet cest wet west eet eest bst est edt cst cdt mst mdt pst pdt ist jst kst heure heures hora horas time "
    "local locale"
)
BEFORE_WORDS = _word_set("until till til before by avant jusqu jusque hasta antes au al")
AFTER_WORDS = _word_set("after apres despues tras")
POSTPONED_OR_CANCELLED = _word_set(
    "postponed cancelled canceled moved rescheduled delayed reporte reportee reportes annule annulee annules deplace "
    "deplacee suspendu aplazado aplazada pospuesto pospuesta cancelado cancelada suspendido suspendida"
)
RELATIVE_WORDS = _word_set(
    "today tomorrow yesterday next this now soon demain aujourd hier prochain prochaine prochainement bientot hoy "
    "manana ayer proximo proxima proximamente pronto"
)
"""Words that depend on today; they have their own hint."""
EXCEPTIONS = _word_set(
    "sauf hors excepte except excluding excepto salvo not no non pas without sans sin only seulement solo"
)
DURATIONS = _word_set(
    "jour jours semaine semaines mois an ans nuit nuits heure heures day days week weeks month months year years night "
    "nights hour hours dia dias semana semanas mes meses ano anos noche noches hora horas"
)
"""Units of a length of time, such as the one of "14 semaines"."""
MEANINGFUL_WORDS = frozenset[str]().union(
    *(
        MONTHS,
        WEEKDAYS,
        SEASONS,
        HEMISPHERES,
        ORDINALS,
        QUARTER,
        SEMESTER,
        HALF,
        FORTNIGHT,
        EXCEPTIONS,
        ZONE_WORDS,
        AFTER_WORDS,
    ),
    *(POSTPONED_OR_CANCELLED, RELATIVE_WORDS, BEFORE_WORDS - UNTIL_WORDS, *PORTIONS, ("utc", "gmt", "aoe", "earth")),
) - {"mi", "end", "s"}
"""Words that change the meaning of a date: a label or a note that has one of them cannot be left out."""
NAMES = _names(
    "January February March April June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo"
)
"""The names of months and weekdays as they are written, to correct misspelt ones."""
