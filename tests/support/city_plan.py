"""A plan as a network of cities has it: 28 moments in three waves over two years, with titles of all lengths."""

from collections.abc import Mapping

PLAN: Mapping[str, str] = {
    "programme": "name: {fr: Réseau des villes 2026-2027}\nlanguages: [fr]\ntimezone: Europe/Paris\n",
    "climat": """\
title: Villes et climat
slogan: "Agir ici, maintenant"
hashtags: ["#VillesClimat"]
period: 2026-01/2027-12
moments:
  - {id: lancement, title: Lancement de la vague, when: 2026-01-20, place: Lyon}
  - {id: atelier-1, title: "Atelier : l'eau en ville", when: 2026-02-12/2026-02-13, place: {name: Dakar, country: SN}}
  - {id: bilan, title: Bilan carbone des membres, when: 2026-04, kind: deadline}
  - {id: forum, title: Forum annuel des villes pour le climat, short: Forum climat, when: 2026-06-09/2026-06-11,
     place: {name: Montréal, country: CA}}
  - {id: nuit, title: Nuit des étoiles, when: 2026-08-12, status: tentative}
  - {id: semaine, title: Semaine de la mobilité, when: 2026-09-16/2026-09-22, kind: observance}
  - {id: cop, title: Délégation à la COP, when: 2026-11, place: {name: Antalya, country: TR}}
  - {id: rapport, title: Rapport aux membres, when: 2027-01-29, kind: publication}
  - {id: atelier-2, title: "Atelier : les arbres", when: 2027-03, status: postponed, place: Nantes}
  - {id: cloture, title: Clôture de la vague, when: 2027-11-25, place: {name: Rabat, country: MA}}
""",
    "logement": """\
title: Le droit au logement
slogan: "Le logement est un droit"
hashtags: ["#DroitAuLogement", "#Logement2026"]
period: 2026-02/2027-09
moments:
  - {id: appel, title: Appel à projets, when: 2026-02-16, kind: deadline}
  - {id: visite, title: Visite d'étude à Vienne, when: 2026-03-24/2026-03-26, place: {name: Vienne, country: AT}}
  - {id: webinaire, title: Webinaire sur les loyers, when: 2026-05-19T15:00/2026-05-19T16:30, place: {online: true}}
  - {id: onu, title: Rencontre avec la Rapporteuse spéciale, short: Rencontre ONU, when: 2026-07,
     place: {name: Genève, country: CH}}
  - {id: habitat, title: Journée mondiale de l'habitat, when: 2026-10-05, kind: observance}
  - {id: jury, title: Jury du prix, when: "2026-10-14?", place: Bruxelles}
  - {id: prix, title: Remise du prix, when: 2026-12-03, status: cancelled, place: Bruxelles}
  - {id: guide, title: Guide des bonnes pratiques, when: 2027-02/2027-04, kind: publication}
  - {id: assises, title: Assises du logement, when: 2027-05-31/2027-06-02, place: Marseille}
""",
    "migrations": """\
title: Villes accueillantes
period: 2026-03/2027-12
moments:
  - {id: journee, title: Journée des migrants, when: 2026-12-18, kind: observance}
  - {id: ecole, title: École d'été, when: 2026-07-06/2026-07-10, place: {name: Palerme, country: IT}}
  - {id: comite, title: Comité de pilotage, when: 2026-03-11T09:30, place: {online: true}}
  - {id: comite-2, title: Comité de pilotage, when: 2026-09-30/2026-10-01, place: Paris}
  - {id: exposition, title: Exposition itinérante, when: 2026-09/2026-12}
  - {id: charte, title: Signature de la charte, when: 2027-03-18, place: {name: Gênes, country: IT}}
  - {id: refugies, title: Journée des réfugiés, when: 2027-06-20, kind: observance}
  - {id: forum, title: Forum des villes accueillantes, when: 2027-10, status: tentative, place: Grenoble}
  - {id: evaluation, title: Évaluation, when: unknown}
""",
}
