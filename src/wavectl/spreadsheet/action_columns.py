"""The columns of a delivery of actions, and the headings in three languages that mean them."""

from collections.abc import Mapping

from wavectl.actions.action import Action
from wavectl.spreadsheet.columns import DATE_PARTS, FIELDS, Headings, SheetField


def _column(name: str, width: int, synonyms: str = "") -> SheetField:
    """Return a column of the register; its headings are its title and synonyms, and those of moments."""
    shared = FIELDS[name].synonyms if name in FIELDS else ""
    return SheetField(name, Action.model_fields[name].title or name, width, f"{synonyms} {shared}")


ACTION_FIELDS: Mapping[str, SheetField] = {
    field.name: field
    for field in (
        _column("moment", 32, "moments"),
        _column("title", 44, "initiative iniciativa project projet proyecto"),
        _column("kind", 16, "kind type-of-event type-of-action type-d-action type-d-evenement tipo-de-accion"),
        _column("when", 24),
        _column("place", 28),
        _column("country", 20, "pays pais nation"),
        _column("online", 10, "virtual virtuel is-online online-event is-the-event-online"),
        _column(
            "organiser",
            32,
            "organiser organisers organizer organizers organised-by organized-by organise-par organisee-par organiza "
            "organizado-por run-by hosted-by organisateur organisateurs organisatrice organizador "
            "organizadores organizadora who qui quien host hosts hote entity entidad structure organisation "
            "organisations organization organizations organisme institution institucion organizacion organizaciones",
        ),
        _column(
            "organiser_type",
            22,
            "organiser-type organizer-type organisation-type organization-type type-of-organiser type-of-organizer "
            "type-of-organisation type-of-organization type-d-organisateur type-d-organisation type-de-structure "
            "tipo-de-organizacion tipo-de-organizador tipo-de-entidad",
        ),
        _column("priority", 28, "priorities priorite priorites prioridad prioridades"),
        _column("url", 32, "event-url"),
        _column("status", 14),
        _column(
            "expected",
            16,
            "expected-participants expected-attendance expected-attendees expected-number-of-participants "
            "number-of-participants-expected participants-expected participants-attendus participants-prevus "
            "nombre-de-participants-attendus nombre-de-participants-prevus asistentes-previstos asistencia-prevista "
            "participantes-previstos participantes-esperados numero-de-participantes-previstos",
        ),
        _column(
            "people",
            16,
            "participants attendees attendance people-reached personnes personas asistentes asistencia participantes "
            "number-of-participants number-of-attendees number-of-people num-participants nb-participants "
            "nombre-de-participants nombre-de-personnes nb-de-participants numero-de-participantes "
            "numero-de-asistentes numero-de-personas",
        ),
        _column("people_low", 12),
        _column("people_high", 12),
        _column("outcome", 40, "resultat resultado bilan"),
        _column("evidence", 32, "proof preuve prueba evidencia"),
        _column("reported", 14),
        _column("language", 12, "langue idioma lengua lang"),
        _column("hashtags", 20, "hashtag tags mots-dieses etiquetas"),
        _column("lat", 12, "latitude latitud"),
        _column("lon", 12, "longitude longitud lng long"),
        _column("actor", 20, "acteur"),
        _column("publish", 20, "publication publicacion publish publier publicar"),
        _column("note", 40, "comment comments commentaire commentaires comentario comentarios observations"),
        _column(
            "source_id",
            24,
            "id identifier identifiant identificador slug ref reference referencia row-id response-id submission-id "
            "entry-id event-id record-id",
        ),
        *(FIELDS[name] for name in (*DATE_PARTS, "reason")),
    )
}
"""The fields by name: the columns of the register that a delivery fills, the parts of a date, and the reason."""
ACTION_HEADINGS = Headings(ACTION_FIELDS)
"""The headings of tables of actions."""
