"""Dates in words in three languages: certain, with doubts, refused, and properties of the parser."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from wavectl.dates import edtf, recurrence
from wavectl.dates.edtf import DateError, parse
from wavectl.dates.parser import MAX_LENGTH, DatePhraseError, ParsedDate, parse_date, parse_upcoming_date, vocabulary
from wavectl.diagnostics import quoted
from wavectl.i18n.date_format import format_date

SURE = """
Sat/Sun 8/9 June 2024 = 2024-06-08/2024-06-09
2-3 Novembre 2017 = 2017-11-02/2017-11-03
10 Décembre 2017 = 2017-12-10
Septembre 2017 = 2017-09
Novembre 2017 = 2017-11
Mars 2018 = 2018-03
juillet 2018 = 2018-07
12-25 septembre 2017 = 2017-09-12/2017-09-25
14 au 17 septembre 2017 = 2017-09-14/2017-09-17
17-20 octobre 2017 = 2017-10-17/2017-10-20
de février à juillet 2018 = 2018-02/2018-07
Mai 2017 - décembre 2018 = 2017-05/2018-12
June 2017 - December 2018 = 2017-06/2018-12
à confirmer = unknown
du 30 septembre au 1er octobre 2017 = 2017-09-30/2017-10-01
1er octobre 2017 = 2017-10-01
le 1er mai 2018 = 2018-05-01
Du 14 au 17 septembre 2017 = 2017-09-14/2017-09-17
du lundi 4 au vendredi 8 septembre 2017 = 2017-09-04/2017-09-08
lundi 4 septembre 2017 = 2017-09-04
lun. 4 sept. 2017 = 2017-09-04
mar. 5 sept. 2017 = 2017-09-05
mar. 2018 = 2018-03
5 mar 2018 = 2018-03-05
5, 6 et 7 novembre 2017 = 2017-11-05/2017-11-07
les 5 et 6 novembre 2017 = 2017-11-05/2017-11-06
30 septembre et 1er octobre 2017 = 2017-09-30/2017-10-01
5 ou 6 novembre 2017 = [2017-11-05..2017-11-06]
28 décembre 2017 - 3 janvier 2018 = 2017-12-28/2018-01-03
du 28 déc. 2017 au 3 janv. 2018 = 2017-12-28/2018-01-03
d'avril à août 2018 = 2018-04/2018-08
d’octobre 2017 à février 2018 = 2017-10/2018-02
entre le 5 et le 20 juillet 2018 = [2018-07-05..2018-07-20]
entre mars et juin 2018 = [2018-03..2018-06]
entre le 30 juillet et le 2 août 2018 = [2018-07-30..2018-08-02]
à partir du 5 juillet 2018 = 2018-07-05/..
à compter du 5 juillet 2018 = 2018-07-05/..
dès le 5 juillet 2018 = 2018-07-05/..
dès mars 2018 = 2018-03/..
depuis mars 2018 = 2018-03/..
à partir d'août 2018 = 2018-08/..
à partir du printemps 2018 = 2018-21/..
5 juillet 2018 - … = 2018-07-05/..
du 5 juillet 2018 jusqu'au 20 = 2018-07-05/2018-07-20
printemps 2018 = 2018-21
au printemps 2018 = 2018-21
été 2018 = 2018-22
à l'été 2018 = 2018-22
l'automne 2018 = 2018-23
hiver 2018-2019 = 2018-24
hiver 2018/19 = 2018-24
T3 2018 = 2018-35
3e trimestre 2018 = 2018-35
3ème trimestre 2018 = 2018-35
troisième trimestre 2018 = 2018-35
1er trimestre 2018 = 2018-33
au 2e trimestre 2018 = 2018-34
dernier trimestre 2018 = 2018-36
trimestre 2 2018 = 2018-34
1er semestre 2018 = 2018-40
S2 2018 = 2018-41
second semestre de 2018 = 2018-41
deuxième moitié de 2018 = 2018-41
T3-T4 2018 = 2018-35/2018-36
2018 = 2018
en 2018 = 2018
courant 2018 = 2018
dans le courant de 2018 = 2018
courant mars 2018 = 2018-03
au mois de mars 2018 = 2018-03
tout le mois de mai 2027 = 2027-05
tout le mois d'avril 2027 = 2027-04
toute l'année 2027 = 2027
all of May 2027 = 2027-05
the whole month of May 2027 = 2027-05
all month in May 2027 = 2027-05
todo el mes de mayo de 2027 = 2027-05
todo mayo de 2027 = 2027-05
todo el año 2027 = 2027
todavía no se sabe = unknown
nadie lo sabe = unknown
personne ne sait = unknown
nobody knows = unknown
no, 15-17 May 2027 = 2027-05-15/2027-05-17
Non, du 15 au 17 mai 2027 = 2027-05-15/2027-05-17
perdón: 15 de mayo de 2027 = 2027-05-15
no se sabe todavía = unknown
2017-2018 = 2017/2018
2017-18 = 2017/2018
de 2017 à 2019 = 2017/2019
vers mars 2018 = 2018-03~
vers le 8 octobre 2018 = 2018-10-08~
mars 2018 environ = 2018-03~
aux alentours du 8 octobre 2018 = 2018-10-08~
mars 2018 (à confirmer) = 2018-03?
mars 2018, dates exactes à confirmer = 2018-03
mars 2018 à confirmer = 2018-03?
mars 2018 ? = 2018-03?
vers mars 2018 (?) = 2018-03%
14-17 septembre 2017 (provisoire) = 2017-09-14?/2017-09-17?
probablement en mars 2018 = 2018-03?
date inconnue = unknown
dates à confirmer = unknown
date à préciser = unknown
à déterminer = unknown
premier lundi d'octobre 2018 = 2018-10-01
1er lundi d'octobre 2018 = 2018-10-01
dernier vendredi de novembre 2017 = 2017-11-24
8 novembre 2017, 15h-16h30 = 2017-11-08T15:00/2017-11-08T16:30
8 novembre 2017 à 15h = 2017-11-08T15:00
le 8 novembre 2017 à 15 h 30 = 2017-11-08T15:30
8 novembre 2017 de 15h à 16h30 = 2017-11-08T15:00/2017-11-08T16:30
8 novembre 2017, 9 à 17h = 2017-11-08T09:00/2017-11-08T17:00
8 novembre 2017 à midi = 2017-11-08T12:00
8 novembre 2017, 15 heures = 2017-11-08T15:00
15h30, 8 novembre 2017 = 2017-11-08T15:30
8 novembre 2017, 15:00 - 9 novembre 2017, 16:30 = 2017-11-08T15:00/2017-11-09T16:30
4.9.2017 = 2017-09-04
13/09/2017 = 2017-09-13
14 septembre 2017-12 octobre 2017 = 2017-09-14/2017-10-12
4 septembre-2 octobre 2017 = 2017-09-04/2017-10-02
17-Nov-2017 = 2017-11-17
17/nov/2017 = 2017-11-17
nov-2017 = 2017-11
TBC (Q3 2018) = 2018-35?
12 mars 2018, 14h00/17h00 = 2018-03-12T14:00/2018-03-12T17:00
mars-15 avril 2018 = 2018-03/2018-04-15
nov. 2017-janv. 2018 = 2017-11/2018-01
12.05 - 15.05.2018 = 2018-05-12/2018-05-15
5 mai 2018 à 15h environ = 2018-05-05T15:00~
lundi 04/09/2017 = 2017-09-04
04/04/2017 = 2017-04-04
du 14/09/2017 au 17/09/2017 = 2017-09-14/2017-09-17
du 04/09/2017 au 17/09/2017 = 2017-09-04/2017-09-17
14-17/09/2017 = 2017-09-14/2017-09-17
14/09-17/09/2017 = 2017-09-14/2017-09-17
14.-17.9.2017 = 2017-09-14/2017-09-17
09/2017 = 2017-09
26 February–1 March 2024 = 2024-02-26/2024-03-01
September 15, 2022 = 2022-09-15
Sept. 15-18, 2022 = 2022-09-15/2022-09-18
Sept 15–18 2022 = 2022-09-15/2022-09-18
Sep 30 - Oct 2, 2022 = 2022-09-30/2022-10-02
13 to 28 September, 2022 = 2022-09-13/2022-09-28
13th to 28th September 2022 = 2022-09-13/2022-09-28
the 4th of May 2018 = 2018-05-04
May the 4th, 2018 = 2018-05-04
May 1st, 2018 = 2018-05-01
the first of May 2018 = 2018-05-01
Monday, September 4, 2017 = 2017-09-04
Monday 4th September 2017 = 2017-09-04
4 September 2017 (Monday) = 2017-09-04
Thursday 9 – Saturday 11 November 2017 = 2017-11-09/2017-11-11
Mon 4 - Fri 8 Sept 2017 = 2017-09-04/2017-09-08
November 5, 6 and 7, 2017 = 2017-11-05/2017-11-07
5 & 6 November 2017 = 2017-11-05/2017-11-06
5 or 6 November 2017 = [2017-11-05..2017-11-06]
from 5 to 9 July 2018 = 2018-07-05/2018-07-09
from June to August 2018 = 2018-06/2018-08
from 5 July 2018 = 2018-07-05/..
from 5 July 2018 onwards = 2018-07-05/..
5 July 2018 onwards = 2018-07-05/..
starting on 5 July 2018 = 2018-07-05/..
since March 2018 = 2018-03/..
between 5 and 20 July 2018 = [2018-07-05..2018-07-20]
between March 5 and April 2, 2018 = [2018-03-05..2018-04-02]
between January and June 2018 = [2018-01..2018-06]
1 July through 4 July 2018 = 2018-07-01/2018-07-04
28 December 2017 to 3 January 2018 = 2017-12-28/2018-01-03
1st Monday of October 2018 = 2018-10-01
first Monday in October 2018 = 2018-10-01
last Friday of November 2017 = 2017-11-24
5th Monday of October 2018 = 2018-10-29
spring 2018 = 2018-21
in the summer of 2018 = 2018-22
fall 2018 = 2018-23
autumn 2018 = 2018-23
winter 2018-2019 = 2018-24
Q3 2018 = 2018-35
2018 Q3 = 2018-35
2018-Q3 = 2018-35
Q3/2018 = 2018-35
third quarter of 2018 = 2018-35
the last quarter of 2018 = 2018-36
H2 2018 = 2018-41
second half of 2018 = 2018-41
first half 2018 = 2018-40
Q3–Q4 2018 = 2018-35/2018-36
spring 2018 - summer 2018 = 2018-21/2018-22
sometime in March 2018 = 2018-03
in the course of 2018 = 2018
TBD = unknown
TBC = unknown
T.B.C. = unknown
to be announced = unknown
Dates to be confirmed = unknown
new date to be determined = unknown
? = unknown
around March 2018 = 2018-03~
c. March 2018 = 2018-03~
~ March 2018 = 2018-03~
March 2018 (approx.) = 2018-03~
March 2018 (TBC) = 2018-03?
TBC: March 2018 = 2018-03?
March 2018, date TBC = 2018-03
4-8 July 2018 (tentative) = 2018-07-04?/2018-07-08?
8 November 2017, 3 pm = 2017-11-08T15:00
8 November 2017, 3-4:30 pm = 2017-11-08T15:00/2017-11-08T16:30
8 November 2017, 9:00-5:00 pm = 2017-11-08T09:00/2017-11-08T17:00
8 November 2017, 11 am - 1 pm = 2017-11-08T11:00/2017-11-08T13:00
8 November 2017, 12 am = 2017-11-08T00:00
8 November 2017, 15:00-16:30 = 2017-11-08T15:00/2017-11-08T16:30
Wed, Nov 8, 2017 3:00 PM - 4:30 PM = 2017-11-08T15:00/2017-11-08T16:30
from 3 to 5 pm on 8 November 2017 = 2017-11-08T15:00/2017-11-08T17:00
8 November 2017, 15:00 UTC = 2017-11-08T15:00Z
8 November 2017, 15:00 UTC-5 = 2017-11-08T15:00-05:00
8 November 2017, 15:00+02:00 = 2017-11-08T15:00+02:00
09/15/2022 = 2022-09-15
Friday 09/08/2017 = 2017-09-08
2017/09/04 = 2017-09-04
2017-9-4 = 2017-09-04
20170904 = 2017-09-04
2017-09-04 = 2017-09-04
2017-09-14 to 2017-09-17 = 2017-09-14/2017-09-17
2017-09-14 – 2017-09-17 = 2017-09-14/2017-09-17
2017-05 / 2018-12 = 2017-05/2018-12
2017-11-08 15:00 = 2017-11-08T15:00
2017-11-08T15:00 - 16:30 = 2017-11-08T15:00/2017-11-08T16:30
del 12 al 25 de septiembre de 2017 = 2017-09-12/2017-09-25
12-25 de setiembre de 2017 = 2017-09-12/2017-09-25
12 al 25 de sept. de 2017 = 2017-09-12/2017-09-25
2 y 3 de noviembre de 2017 = 2017-11-02/2017-11-03
los días 1 y 2 de marzo de 2018 = 2018-03-01/2018-03-02
1 o 2 de marzo de 2018 = [2018-03-01..2018-03-02]
1º de mayo de 2018 = 2018-05-01
primero de mayo de 2018 = 2018-05-01
1 de enero del 2018 = 2018-01-01
el 10 de diciembre del año 2018 = 2018-12-10
lunes 4 de septiembre de 2017 = 2017-09-04
miércoles, 8 de noviembre de 2017 = 2017-11-08
mié 8 nov 2017 = 2017-11-08
del 30 de septiembre al 1 de octubre de 2017 = 2017-09-30/2017-10-01
de febrero a julio de 2018 = 2018-02/2018-07
mayo de 2017 - diciembre de 2018 = 2017-05/2018-12
desde el 5 hasta el 9 de julio de 2018 = 2018-07-05/2018-07-09
a partir del 5 de julio de 2018 = 2018-07-05/..
desde marzo de 2018 = 2018-03/..
entre el 5 y el 20 de julio de 2018 = [2018-07-05..2018-07-20]
tercer domingo de noviembre de 2018 = 2018-11-18
primer lunes de octubre de 2018 = 2018-10-01
último viernes de noviembre de 2017 = 2017-11-24
primavera de 2018 = 2018-21
verano 2018 = 2018-22
otoño de 2018 = 2018-23
invierno de 2018-2019 = 2018-24
3T 2018 = 2018-35
tercer trimestre de 2018 = 2018-35
III trimestre 2018 = 2018-35
segundo semestre de 2018 = 2018-41
segunda mitad de 2018 = 2018-41
en marzo de 2018 = 2018-03
en el mes de marzo de 2018 = 2018-03
hacia marzo de 2018 = 2018-03~
alrededor del 8 de octubre de 2018 = 2018-10-08~
marzo de 2018 (por confirmar) = 2018-03?
por confirmar = unknown
fecha por confirmar = unknown
sin fecha = unknown
fecha desconocida = unknown
8 de noviembre de 2017 a las 15:00 = 2017-11-08T15:00
8 de noviembre de 2017, de 15:00 a 16:30 h = 2017-11-08T15:00/2017-11-08T16:30
8 de noviembre de 2017, 3 p. m. = 2017-11-08T15:00
1 er mai 2018 = 2018-05-01
23 rd March 2018 = 2018-03-23
année 2018 = 2018
en el año 2018 = 2018
on or around 15 May 2018 = 2018-05-15~
dernier week-end de septembre 2018 = 2018-09-29/2018-09-30
last weekend of September 2018 = 2018-09-29/2018-09-30
último fin de semana de septiembre de 2018 = 2018-09-29/2018-09-30
week-end du 13 mai 2018 = 2018-05-12/2018-05-13
fin de semana del 12 y 13 de mayo de 2018 = 2018-05-12/2018-05-13
weekend of 11-13 May 2018 = 2018-05-11/2018-05-13
semaine du 12 au 16 mars 2018 = 2018-03-12/2018-03-16
semaine du 26 février au 2 mars 2018 = 2018-02-26/2018-03-02
Midday 5 March 2018 = 2018-03-05T12:00
a las 7 de la tarde del 8 de marzo de 2018 = 2018-03-08T19:00
de 5 a 7 de la tarde del 8 de marzo de 2018 = 2018-03-08T17:00/2018-03-08T19:00
8 mars 2018, 3 heures de l'après-midi = 2018-03-08T15:00
8 mars 2018 à 9h du matin = 2018-03-08T09:00
14 juin 2018 - 9 h 30 / 17 h = 2018-06-14T09:30/2018-06-14T17:00
14 juin 2018, 9 h 30/17 h = 2018-06-14T09:30/2018-06-14T17:00
3-5 March 2018 (inclusive) = 2018-03-03/2018-03-05
10 novembre 2017, toute la journée = 2017-11-10
octubre de 2018, fecha por concretar = 2018-10
31 December 2026 at 00:00 = 2026-12-31T00:00
12 de mayo de 2023 a las 0:00 = 2023-05-12T00:00
31 December 2026 at 24:00 = 2027-01-01T00:00
31 décembre 2026, 20h-24h = 2026-12-31T20:00/2027-01-01T00:00
31 décembre 2026 de 20h à minuit = 2026-12-31T20:00/2027-01-01T00:00
31 December 2026, 8pm to midnight = 2026-12-31T20:00/2027-01-01T00:00
31 de diciembre de 2026 de 20:00 a medianoche = 2026-12-31T20:00/2027-01-01T00:00
31 de diciembre de 2026 al mediodía = 2026-12-31T12:00
31 December 2026 at 12 noon = 2026-12-31T12:00
31 December 2026, noon-2pm = 2026-12-31T12:00/2026-12-31T14:00
2026-12-31T22:00-02:00 = 2026-12-31T22:00-02:00
2026-12-31T22:00-02:00 (TBC) = 2026-12-31T22:00-02:00?
2026-12-31T22:00-02:00 to 2026-12-31T23:00-02:00 = 2026-12-31T22:00-02:00/2026-12-31T23:00-02:00
31 December 2026, 22:00 UTC-02:00 = 2026-12-31T22:00-02:00
8 November 2017, 15:00-16:30 UTC = 2017-11-08T15:00Z/2017-11-08T16:30Z
8 November 2017, 15:00-16:30 +02:00 = 2017-11-08T15:00+02:00/2017-11-08T16:30+02:00
8 November 2017, 15:00-16:30 (GMT-5) = 2017-11-08T15:00-05:00/2017-11-08T16:30-05:00
8 November 2017, 3pm UTC to 4pm = 2017-11-08T15:00Z/2017-11-08T16:00Z
15h-16h30 UTC, 8 novembre 2017 = 2017-11-08T15:00Z/2017-11-08T16:30Z
8 November 2017 15:00 UTC - 9 November 2017 16:00 = 2017-11-08T15:00Z/2017-11-09T16:00Z
8 November 2017 15:00 - 9 November 2017 16:00 UTC = 2017-11-08T15:00Z/2017-11-09T16:00Z
5 de junio de 2024 a las 19 = 2024-06-05T19:00
a las 19 del 5 de junio de 2024 = 2024-06-05T19:00
5 juin 2024 à 18 = 2024-06-05T18:00
5 June 2024 at 19 = 2024-06-05T19:00
5 de junio de 2024 a las 19.30 = 2024-06-05T19:30
5 June 2024 at 7 o'clock in the evening = 2024-06-05T19:00
5 de junio de 2024 de 10:00 a 14 = 2024-06-05T10:00/2024-06-05T14:00
5 de junio de 2024 de 9 a 14 = 2024-06-05T09:00/2024-06-05T14:00
5 juin 2024 de 9h à 17 = 2024-06-05T09:00/2024-06-05T17:00
8 novembre 2017 de 15h à 20 = 2017-11-08T15:00/2017-11-08T20:00
5 June 2024, 10am-12 = 2024-06-05T10:00/2024-06-05T12:00
10am-12, 5 June 2024 = 2024-06-05T10:00/2024-06-05T12:00
5 June 2024, 7pm-9 = 2024-06-05T19:00/2024-06-05T21:00
5 June 2024, 7pm-9:30 = 2024-06-05T19:00/2024-06-05T21:30
5 June 2024, 11am-1 = 2024-06-05T11:00/2024-06-05T13:00
5 juin 2024 à 18 juin 2024 = 2024-06-05/2024-06-18
5 June 2024 10am - 12 June 2024 = 2024-06-05T10:00/2024-06-12
5 June 2024 to 18 = 2024-06-05/2024-06-18
del 5 de junio de 2024 al 18 = 2024-06-05/2024-06-18
del 5 de junio de 2024 a las 19 al 7 de junio de 2024 a las 12:00 = 2024-06-05T19:00/2024-06-07T12:00
du 8 novembre 2027 à 22 h au 9 à 2 h = 2027-11-08T22:00/2027-11-09T02:00
from 8 November 2027 at 22:00 to 9 at 02:00 = 2027-11-08T22:00/2027-11-09T02:00
until 5 July 2018 = ../2018-07-05
hasta el 5 de julio de 2018 = ../2018-07-05
jusqu'au 5 juillet 2018 = ../2018-07-05
jusqu'en juillet 2018 = ../2018-07
until 5pm on 17 July 2026 = ../2026-07-17T17:00
12 May or 3 June 2026 = [2026-05-12,2026-06-03]
5, 6 ou 9 mai 2026 = [2026-05-05,2026-05-06,2026-05-09]
southern spring 2026 = 2026-29
printemps austral 2026 = 2026-29
verano austral 2026-2027 = 2026-30
northern summer 2026 = 2026-26
1er cuatrimestre 2026 = 2026-37
au 2e quadrimestre 2026 = 2026-38
first four-month period of 2026 = 2026-37
1er. Semestre 2020 = 2020-40
2do. trimestre 2020 = 2020-34
3.er trimestre de 2020 = 2020-35
· 31 mars 2017 = 2017-03-31
When: 5 May 2018 = 2018-05-05
sam.-dim. 8-9 juin 2024 = 2024-06-08/2024-06-09
Sat-Sun, 8-9 June 2024 = 2024-06-08/2024-06-09
sam.-dim. 31 août-1er septembre 2024 = 2024-08-31/2024-09-01
15 16 y 17 de noviembre de 2000 = 2000-11-15/2000-11-17
10-11-12 June 2026 = 2026-06-10/2026-06-12
10/11/12 June 2026 = 2026-06-10/2026-06-12
2024 June 5 = 2024-06-05
2024-Jun-05 = 2024-06-05
2024 June 5-7 = 2024-06-05/2024-06-07
1/13/2024 - 2/5/2024 = 2024-01-13/2024-02-05
Friday 09/08/2017 - 10/09/2017 = 2017-09-08/2017-10-09
1 January 2018 - 31 December 2018 = 2018-01-01/2018-12-31
5 octobre 2018 (date à confirmer) = 2018-10-05?
5 juin 2026 entre 9h et 17h = 2026-06-05T09:00/2026-06-05T17:00
5 June 2026, between 9 and 5pm = 2026-06-05T09:00/2026-06-05T17:00
5 de junio de 2026 entre las 9 y las 17 = 2026-06-05T09:00/2026-06-05T17:00
entre 9h et 17h le 5 juin 2026 = 2026-06-05T09:00/2026-06-05T17:00
entre las 9 y las 17 del 5 de junio de 2026 = 2026-06-05T09:00/2026-06-05T17:00
5 June 2026, 15.00-16.30 = 2026-06-05T15:00/2026-06-05T16:30
5 June 2026, 15.00 = 2026-06-05T15:00
5 June 2026, 0900-1700 = 2026-06-05T09:00/2026-06-05T17:00
5 June 2026 0900-1700 UTC = 2026-06-05T09:00Z/2026-06-05T17:00Z
5 June 2026 at 0900 = 2026-06-05T09:00
5 de junio de 2026 a las 12 del mediodía = 2026-06-05T12:00
2026-06-05 to 06-09 = 2026-06-05/2026-06-09
2026-06-05/07-09 = 2026-06-05/2026-07-09
30 June 2026, 23:59 AoE = 2026-06-30T23:59-12:00
30 June 2026, 15:00-16:00 (AoE) = 2026-06-30T15:00-12:00/2026-06-30T16:00-12:00
30 June 2026, 15:00 UTC +0530 = 2026-06-30T15:00+05:30
1er ou 2e trimestre 2027 = [2027-33..2027-34]
primer o segundo semestre de 2027 = [2027-40..2027-41]
from the first to the second quarter of 2027 = 2027-33/2027-34
between the first and second quarters of 2027 = [2027-33..2027-34]
fecha por concretar = unknown
"""
"""Texts that are read without a doubt, and their EDTF."""

UNSURE = """
fin 2018 = [2018-10..2018-12]
fin d'année 2018 = [2018-10..2018-12]
début 2018 = [2018-01..2018-03]
mi-2018 = [2018-05..2018-08]
début mars 2018 = [2018-03-01..2018-03-10]
mi-juin 2018 = [2018-06-11..2018-06-20]
fin février 2018 = [2018-02-21..2018-02-28]
début mars à fin mai 2018 = 2018-03/2018-05
à partir de fin 2018 = 2018-10/..
vers la fin 2018 = [2018-10..2018-12]
à la fin de l'été 2018 = 2018-08
1ère quinzaine de mars 2018 = [2018-03-01..2018-03-15]
semaine du 6 septembre 2017 = [2017-09-04..2017-09-10]
première semaine de mars 2018 = [2018-03-01..2018-03-07]
late 2018 = [2018-10..2018-12]
end of March 2018 = [2018-03-21..2018-03-31]
mid-June 2018 = [2018-06-11..2018-06-20]
early 2018 = [2018-01..2018-03]
end of Q3 2018 = 2018-09
second half of March 2018 = [2018-03-16..2018-03-31]
week of 4 September 2017 = [2017-09-04..2017-09-10]
finales de 2018 = [2018-10..2018-12]
a mediados de junio de 2018 = [2018-06-11..2018-06-20]
principios de marzo de 2018 = [2018-03-01..2018-03-10]
segunda quincena de marzo de 2018 = [2018-03-16..2018-03-31]
hiver 2018 = 2018-24
04/09/2017 = 2017-09-04
4/9/17 = 2017-09-04
4 sept 17 = 2017-09-04
17-nov-17 = 2017-11-17
nov-17 = 2017-11
Sept '17 = 2017-09
mar 5, 2018 = 2018-03-05
mardi 4 septembre 2017 = 2017-09-04
28 décembre - 3 janvier 2018 = 2017-12-28/2018-01-03
December - February 2018 = 2017-12/2018-02
5 novembre 2017 - 3 janvier = 2017-11-05/2018-01-03
May 2017 to December = 2017-05/2017-12
mars et avril 2018 = 2018-03/2018-04
sept/oct 2018 = [2018-09..2018-10]
5/6 novembre 2017 = [2017-11-05..2017-11-06]
14 septembre 2017 - TBC = 2017-09-14?
entre mars et juin 2018 (à confirmer) = [2018-03..2018-06]
8 novembre 2017, 20h-2h = 2017-11-08T20:00/2017-11-09T02:00
8 November 2017, 20:00 - 02:00 = 2017-11-08T20:00/2017-11-09T02:00
8 November 2017, 15:00-05:00 = 2017-11-08T15:00/2017-11-09T05:00
31 December 2026, 22:00-02:00 = 2026-12-31T22:00/2027-01-01T02:00
31 December 2026, 22:00–02:00 = 2026-12-31T22:00/2027-01-01T02:00
2026-12-31 22:00-02:00 = 2026-12-31T22:00/2027-01-01T02:00
31 décembre 2026 à minuit = 2026-12-31T00:00
31 December 2026 at midnight = 2026-12-31T00:00
medianoche, 31 de diciembre de 2026 = 2026-12-31T00:00
31 December 2026, midnight-6am = 2026-12-31T00:00/2026-12-31T06:00
31 December 2026, 8 to midnight = 2026-12-31T08:00/2027-01-01T00:00
5 juin 2024 a 18 = 2024-06-05T18:00
5 juin 2024 à 8 = 2024-06-05T08:00
5 June 2024 at 7 = 2024-06-05T07:00
5 June 2024 @ 7 = 2024-06-05T07:00
5 de junio de 2024 a las 7 = 2024-06-05T07:00
5 June 2024 at 7 o'clock = 2024-06-05T07:00
5 June 2024 from 9 to 5 = 2024-06-05T09:00/2024-06-05T17:00
5 de junio de 2024 de 9 a 12 = 2024-06-05T09:00/2024-06-05T12:00
5 June 2024, noon to 5 = 2024-06-05T12:00/2024-06-05T17:00
5 June 2024, 10pm-2 = 2024-06-05T22:00/2024-06-06T02:00
5 June 2024, 10-2am = 2024-06-05T22:00/2024-06-06T02:00
5 juin 2024, 20h-2 = 2024-06-05T20:00/2024-06-06T02:00
5 juin 2024, 9h-12h et 14h-17h = 2024-06-05T09:00/2024-06-05T17:00
5 juin 2024 de 9h à 12h et de 14h à 17h = 2024-06-05T09:00/2024-06-05T17:00
5 June 2024, 10:00-12:00, 14:00-16:00 = 2024-06-05T10:00/2024-06-05T16:00
5 de junio de 2024 de 10 a 14 y de 16 a 20 h = 2024-06-05T10:00/2024-06-05T20:00
16, 17 y 18 de febrero de 2026 (Carnavales) = 2026-02-16/2026-02-18
du 2 mars au 7 juin 2026 (14 semaines) = 2026-03-02/2026-06-07
5 mai 2018 (3e édition, en ligne) = 2018-05-05
Rentrée : lundi 17 septembre 2018 = 2018-09-17
Sat-Sun 7-8 June 2024 = 2024-06-07/2024-06-08
week ending 7 June 2026 = [2026-06-01..2026-06-07]
semaine se terminant le 7 juin 2026 = [2026-06-01..2026-06-07]
13/1/2024 - 2/14/2024 = 2024-01-13/2024-02-14
04/04/2017 - 05/06/2017 = 2017-04-04/2017-06-05
03 Jan 2012 - 14 Mar 2026 = 2012-01-03/2026-03-14
mi-mai ou début juin 2026 = [2026-05-11..2026-06-10]
mars ou mai 2018 = [2018-03..2018-05]
à partir du 5 juin 2026, 15h-16h30 = 2026-06-05/..
jusqu'à fin 2026 = ../2026-12
southern summer 2026 = 2026-30
fin del primer cuatrimestre de 2026 = 2026-04
du 5 au 7 juillet 2018, 9h-17h = 2018-07-05/2018-07-07
mars 2018 - 2019 = 2018-03/2019
2020-21 = 2020-21
2026-28 = 2026-28
2008/12 = 2008-12
week of 5 March to 20 April 2018 = 2018-03-05/2018-04-20
weekend of 14 May 2018 = 2018-05-19/2018-05-20
first weekend of October 2017 = 2017-10-07/2017-10-08
last weekend of March 2018 = 2018-03-24/2018-03-25
last weekend of September 2018, 10:00 = 2018-09-29/2018-09-30
fin mai - début juin 2018 = [2018-05-21..2018-06-10]
Mar 3–Apr 5, 2018 = 2018-03-03/2018-04-05
semaine 23 de 2018 = [2018-06-04..2018-06-10]
Semana 1, 2019 = [2018-12-31..2019-01-06]
5 June 2026, 9-17 = 2026-06-05T09:00/2026-06-05T17:00
5 juin 2026 (9-17) = 2026-06-05T09:00/2026-06-05T17:00
5 June 2026, 9-5 = 2026-06-05T09:00/2026-06-05T17:00
5 June 2026, 2000-2200 = 2026-06-05T20:00/2026-06-05T22:00
5 June 2026, 8pm-late = 2026-06-05T20:00
5 juin 2026, 20h jusque tard = 2026-06-05T20:00
5 de junio de 2026, 20h hasta tarde = 2026-06-05T20:00
8 de marzo de 2018 a las 12 de la noche = 2018-03-08T00:00
5 juin 2026 à 25 = 2026-06-05/2026-06-25
5 de junio de 2026 a 25 = 2026-06-05/2026-06-25
1er et 2e trimestre 2027 = 2027-33/2027-34
1er/2e trimestre 2027 = [2027-33..2027-34]
"""
"""Texts that need an assumption, and their EDTF."""

REFUSED = """
avant le 5 juillet 2018 = avant
before 5 July 2018 = before
until further notice = further
every year until 2018 = every year until 2018
5/12 mai 2018 = 5/12 mai 2018
5 mai/2018 = 5 mai/2018
5 et 6 ou 12 et 13 mai 2026 = 5 et 6 ou 12 et 13 mai 2026
10-12-14 June 2026 = 10-12-14 June 2026
5 mai 2018 (sauf le dimanche) = sauf
5 mai 2018 (annulé) = annulé
5 de junio de 2026 a las 25 = 25
5 June 2026, 22:00-02:00 (+1) = +
5 June 2026 (online, TBC) = online
spring 2026 (southern) = southern
July 2018 (or August) = or
July 2018 (5th) = 5th
Reporté : 5 mai 2018 = Reporté
Rentrée 2018 : lundi 17 septembre = Rentrée
Sat-Sun 8-10 June 2024 = Sun
lun-ven 4 juin-13 juillet 2018 = ven
5 Febuary 2026 = Febuary
5 juillett 2026 = juillett
5 de maio de 2026 = maio
5. Juni 2026 = Juni
2026年6月5日 = 年
5 июня 2026 = июня
au 5 juillet 2018 = au
after 5 July 2018 = after
reporté = reporté
postponed = postponed
cancelado = cancelado
demain = demain
next week = next
bientôt = bientôt
2-3 Novembre 2017, Barcelone = Barcelone
Réunion du 5 juillet 2018 = Réunion
5 juillet 2018, 15h CET = CET
5 July 2018 15:00-16:00 EST = EST
5 July 2018, 15:00 (EAT) = EAT
5 July 2018 (AoE) = AoE
5, 6 et 9 novembre 2017 = 5, 6 et 9 novembre 2017
mars et mai 2018 = mars et mai 2018
5 - 7 = 5
lundi 10 décembre = lundi 10 décembre
du 30 septembre au 1er octobre = 1er octobre
octobre = octobre
printemps = printemps
31 septembre 2017 = 31 septembre 2017
30 février 2018 = 30 février 2018
15/15/2022 = 15/15/2022
2018-13-05 = 2018-13-05
32 mars 2018 = 32
5th Monday of September 2018 = 5th Monday of September 2018
décembre 2018 - mai 2018 = décembre 2018 - mai 2018
Nov - 17 = 17
14 - septembre 2017 = 14
mars 2018, 15 = 15
mars - 2018 = mars - 2018
printemps 2018-2019 = printemps 2018-2019
T5 2018 = T
5 July 2018 - = 5 July 2018 -
entre le 5 juillet 2018 = entre le 5 juillet 2018
1234 = 1234
mars 2018, 15h = mars 2018, 15h
8 novembre 2017 25h = 8 novembre 2017 25h
week-end prochain = prochain
week 54 2018 = week 54 2018
semaine 23 = semaine 23
last weekend of September = last weekend of September
5 juin 2024 à 10h et à 14h = 5 juin 2024 à 10h et à 14h
5 June 2026, 2018-2019 = 2019
5 June 2026 at 2018 = 2018
5 June 2026, 9-17 July 2026 = 17
5 mai 2018 (15 pm) = 15 pm
2-3 et 5 novembre 2017 = 2-3 et 5 novembre 2017
vendredi = vendredi
... = .
2 novembre 20177 = 20177
"""
"""Texts that are refused, and the unreadable part."""


def read_or_refused(text: str, year: int | None = None) -> ParsedDate | DatePhraseError:
    try:
        return parse_date(text, default_year=year)
    except DatePhraseError as error:
        return error


def rows(table: str) -> list[tuple[str, str]]:
    found = {words: expected for words, _, expected in (line.rpartition(" = ") for line in table.strip().splitlines())}
    assert len(found) == len(table.strip().splitlines()), "a row is duplicated"
    return list(found.items())


@pytest.mark.parametrize(("words", "expected"), rows(SURE))
def test_dates_without_a_doubt(words: str, expected: str) -> None:
    assert parse_date(words) == ParsedDate(expected)
    assert parse(expected).text == expected


@pytest.mark.parametrize(("words", "expected"), rows(UNSURE))
def test_dates_with_an_assumption(words: str, expected: str) -> None:
    found = parse_date(words)
    assert (found.edtf, found.repeat, found.certain) == (expected, None, False)
    assert all(str(doubt) for doubt in found.doubts)
    assert len(found.doubts) == len({str(doubt) for doubt in found.doubts}) > 0


@pytest.mark.parametrize(("words", "part"), rows(REFUSED))
def test_refused_texts_name_the_unreadable_part(words: str, part: str) -> None:
    with pytest.raises(DatePhraseError) as caught:
        parse_date(words)
    assert caught.value.unreadable_part == part
    assert str(caught.value.message)
    assert str(caught.value.hint)


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ("5 Febuary 2026", "February"),
        ("5 juillett 2026", "juillet"),
        ("5 agost 2026", "agosto"),
        ("Wenesday", "Wednesday"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(words: str, suggestion: str) -> None:
    with pytest.raises(DatePhraseError) as caught:
        parse_date(words)
    assert caught.value.hint.values == {"name": suggestion}


def test_the_abbreviation_of_a_zone_has_its_zones() -> None:
    with pytest.raises(DatePhraseError) as caught:
        parse_date("5 July 2018, 15:00 EAT")
    assert caught.value.hint.values == {"zones": "Africa/Nairobi, Africa/Addis_Ababa"}


@pytest.mark.parametrize("words", ["5 de maio de 2026", "5 июня 2026", "2026年6月5日", "5 giugno 2026", "٥ يونيو ٢٠٢٦"])
def test_a_text_in_an_unknown_language_gets_a_hint_with_the_languages(words: str) -> None:
    with pytest.raises(DatePhraseError) as caught:
        parse_date(words)
    assert "English, French and Spanish" in str(caught.value.hint)


def test_the_tables_are_large() -> None:
    assert len(rows(SURE)) + len(rows(UNSURE)) >= 250
    assert len(rows(REFUSED)) >= 40


@pytest.mark.parametrize(
    ("words", "year", "expected"),
    [
        ("du 30 septembre au 1er octobre", 2017, "2017-09-30/2017-10-01"),
        ("28 décembre - 3 janvier", 2017, "2017-12-28/2018-01-03"),
        ("10 Décembre", 2017, "2017-12-10"),
        ("octobre", 2017, "2017-10"),
        ("hacia marzo", 2018, "2018-03~"),
        ("lundi 10 décembre", 2018, "2018-12-10"),
        ("T3", 2018, "2018-35"),
        ("fin d'année", 2018, "[2018-10..2018-12]"),
        ("entre le 5 et le 20 juillet", 2018, "[2018-07-05..2018-07-20]"),
        ("04/09", 2018, "2018-09-04"),
        ("à partir du 5 juillet", 2018, "2018-07-05/.."),
    ],
)
def test_the_default_year_is_assumed_with_a_doubt(words: str, year: int, expected: str) -> None:
    found = parse_date(words, default_year=year)
    assert (found.edtf, found.repeat, found.certain) == (expected, None, False)
    assert str(year) in " ".join(map(str, found.doubts))


def test_a_written_year_overrides_the_default_year() -> None:
    assert parse_date("14-17 septembre 2017", default_year=2020) == ParsedDate("2017-09-14/2017-09-17")


@pytest.mark.parametrize(
    ("words", "rule", "first"),
    [
        ("10 Décembre", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "2018-12-10"),
        ("November 25", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25", "2018-11-25"),
        ("el 25 de noviembre", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25", "2018-11-25"),
        ("29 février", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2020-02-29"),
        ("10 December, every year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "2018-12-10"),
        ("1st Monday of October", "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2018-10-01"),
        ("premier lundi d'octobre", "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2018-10-01"),
        ("tercer domingo de noviembre", "FREQ=YEARLY;BYMONTH=11;BYDAY=3SU", "2018-11-18"),
        ("dernier vendredi de novembre", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR", "2018-11-30"),
    ],
)
def test_a_day_without_any_year_is_a_yearly_rule(words: str, rule: str, first: str) -> None:
    found = parse_date(words)
    assert (found.edtf, found.repeat, found.certain) == ("unknown", rule, False)
    recurrence.check_first_date(recurrence.parse(rule), parse(first))


def test_a_yearly_day_with_its_first_year() -> None:
    assert parse_date("10 December each year", default_year=2018)[:2] == ("2018-12-10", "yearly")
    assert parse_date("chaque 10 décembre 2018") == ParsedDate("2018-12-10", "yearly")
    assert parse_date("1st Monday of October", default_year=2018)[:2] == (
        "2018-10-01",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
    )
    assert parse_date("1st Monday of October 2018").repeat is None
    assert parse_date("every 1st Monday of October 2018") == ParsedDate(
        "2018-10-01", "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"
    )
    assert parse_date("from 5 July 2018, every year") == ParsedDate("2018-07-05", "yearly")


def test_a_yearly_weekend_has_no_rule() -> None:
    found = parse_date("every last weekend of September 2018")
    assert found[:3] == ("2018-09-29/2018-09-30", None, False)
    values = {"words": quoted("last weekend of September 2018"), "date": parse("2018-09-29/2018-09-30")}
    assert found.doubts[0].values == values


@pytest.mark.parametrize(
    "words",
    [
        "14 \u2013 17 septembre 2017",
        "14\u201417 SEPTEMBRE 2017",
        "14\u00a0au\u00a017\u202fseptembre\u00a02017",
        "14 \u2212 17 sept 2017",
        "  14-17 septembre 2017. ",
        "14\u201117 septembre\u200b 2017",
        "(14-17 septembre 2017)",
        "14-17 de\u0301cembre 2017".replace("de\u0301cembre", "septembre"),
    ],
)
def test_dashes_spaces_and_letters_of_any_kind(words: str) -> None:
    assert parse_date(words) == ParsedDate("2017-09-14/2017-09-17")


def test_accents_may_be_missing_or_apart() -> None:
    assert {parse_date(words).edtf for words in ("août 2018", "aout 2018", "AOU\u0302T 2018")} == {"2018-08"}
    assert parse_date("1\u1d49\u02b3 mai 2018").edtf == "2018-05-01"


def test_doubts_have_the_words_and_the_date() -> None:
    assert [doubt.values for doubt in parse_date("fin 2018").doubts] == [
        {"words": quoted("fin 2018"), "date": parse("[2018-10..2018-12]")}
    ]
    assert [doubt.values for doubt in parse_date("mardi 4 septembre 2017").doubts] == [
        {"weekday": quoted("mardi"), "date": parse("2017-09-04")}
    ]


def test_the_vocabulary_has_no_accents_or_capitals() -> None:
    """Texts are compared without accents and in lower case."""
    tables = [
        *(
            table
            for name, table in vars(vocabulary).items()
            if name.isupper() and name not in ("SEASONS_OF_TWO_YEARS", "PORTIONS")
        )
    ]
    words = {word for table in (*tables, *vocabulary.PORTIONS) for word in table}
    words |= {
        part
        for table in tables
        if isinstance(table, dict)
        for group in table.values()
        if isinstance(group, tuple)
        for phrase in group
        if isinstance(phrase, tuple)
        for part in phrase
    }
    assert len(words) > 300
    assert all(str(word).isascii() and str(word) == str(word).lower() for word in words)


days = st.dates(date(edtf.FIRST_YEAR, 1, 1), date(edtf.LAST_YEAR, 12, 31))
marks = st.sampled_from(["", "", "", "?", "~", "%"])
offsets = st.sampled_from(["", "", "Z", "+02:00", "-05:00", "+14:00"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(days)
    clock = draw(st.times()).isoformat(draw(st.sampled_from(["minutes", "seconds"])))
    forms = (
        day.isoformat(),
        day.isoformat()[:7],
        day.isoformat()[:4],
        f"{day.year:04}-{draw(st.sampled_from([*range(21, 42), 'XX']))}",
        f"{day.isoformat()}T{clock}{draw(offsets)}",
    )
    return draw(st.sampled_from(forms))


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Return a date in EDTF; two ends often share the year, the month or the day."""
    start, end = draw(points()), draw(points())
    shared = draw(st.sampled_from([0, 4, 7, 10]))
    end = (start[:shared] + end[shared:]) if len(start) >= shared else end
    forms = (
        start + draw(marks),
        f"{start}{draw(marks)}/{end}{draw(marks)}",
        f"{start}{draw(marks)}/..",
        f"../{end}{draw(marks)}",
        f"[{start}..{end}]",
        f"[{start},{end}]",
    )
    return draw(st.sampled_from(forms))


@given(dates(), st.sampled_from(["fr", "en", "es"]))
@example("2018-24", "fr")
@example("2018-24/2019", "en")
@example("2018-07-05/..", "es")
@example("2017-11-08T15:00-05:00/2017-11-08T16:30-05:00", "fr")
@example("2017-11-08T20:00/2017-11-09T02:00", "en")
@example("[2018-01..2018-06-05]", "es")
@example("[2000-33..2000-33]", "fr")
@example("[2000-21..2000-21]", "es")
@example("[2000-01-01..2000-01-01]", "en")
def test_formatted_dates_are_read_back(text: str, language: str) -> None:
    """As the same date, or with the same first and last day if the words are less precise."""
    try:
        when = parse(text)
    except DateError:
        assume(False)
    assume(when.end is None or when.start is None or (when.start.offset is None) == (when.end.offset is None))
    back = parse(parse_date(format_date(when, language)).edtf)
    assert (back.earliest, back.latest) == (when.earliest, when.latest)
    if not when.is_qualified:  # at one end or at both ends it is written the same
        assert format_date(back, language) == format_date(when, language)


VOCABULARY = sorted(
    set(
        re.split(
            " ",
            "1 1er 2nd 12 31 2017 2018 '17 15h 3pm 15:00 04/09 4.9.2017 2017-09 T4 week 7 - , / ( ) ? ~ . et quarter",
        )
    )
    | {
        word
        for table in (vocabulary.MONTHS, vocabulary.WEEKDAYS, vocabulary.SEASONS, vocabulary.ORDINALS)
        for word in table
    }
    | {
        " ".join(words)
        for table in (
            *(
                vocabulary.LEADING_WORDS,
                vocabulary.OF,
                vocabulary.TO,
                vocabulary.FROM,
                vocabulary.UNKNOWN,
                vocabulary.APPROXIMATE,
                vocabulary.YEARLY,
                *vocabulary.PORTIONS,
            ),
            *(vocabulary.WEEKEND, vocabulary.WEEK_OF, vocabulary.MORNING, vocabulary.AFTERNOON, vocabulary.INCLUDED),
        )
        for group in table.values()
        for words in group
    }
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join),
        st.lists(st.sampled_from(VOCABULARY), max_size=9).map("".join),
    ),
    st.one_of(st.none(), st.integers(1583, 9998)),
)
def test_any_text_is_read_or_refused(text: str, year: int | None) -> None:
    found = read_or_refused(text, year)
    if isinstance(found, DatePhraseError):
        assert found.unreadable_part in text
        assert str(found.message)
        assert str(found.hint)
        return
    assert parse(found.edtf).text == found.edtf
    assert found.certain is (not found.doubts)
    assert found.repeat is None or recurrence.parse(found.repeat).text == found.repeat


@pytest.mark.parametrize(
    "part", ["de ", "2-", "(", "le la ", "5, ", "a ", "- ", "5/", "from ", "date ", "? ", "15:00-", "2018 ", "\ufdfa"]
)
def test_no_text_takes_long(part: str) -> None:
    text = (part * MAX_LENGTH)[:MAX_LENGTH]
    started = time.process_time()
    read_or_refused(text)
    assert time.process_time() - started < 0.5


def test_a_text_that_is_too_long_is_refused() -> None:
    assert parse_date("2018" + " " * (MAX_LENGTH - 4)).edtf == "2018"
    with pytest.raises(DatePhraseError):
        parse_date("2018" + " " * (MAX_LENGTH - 3))


def test_a_reversed_range_within_a_month_is_refused() -> None:
    for text in ("20-10 octobre", "20 octobre 2017 - 10 octobre", "20 octobre - 10 octobre"):
        with pytest.raises(DatePhraseError):
            parse_date(text, default_year=2017)


def test_a_range_over_the_new_year_has_a_doubt_for_each_year() -> None:
    reading = parse_date("du 28 décembre au 3 janvier", default_year=2017)
    assert reading.edtf == "2017-12-28/2018-01-03"
    assert [doubt.values for doubt in reading.doubts] == [
        {"words": quoted("du 28 décembre"), "year": 2017},
        {"words": quoted("3 janvier"), "year": 2018},
    ]


PRINTED = """2018 2018/2019 2018-02/2018-07 2017-09-30/2017-10-01 2027-08-01/2027-08-31 2018-10~ 2018-10? 2018-07-05/..
../2026-07-17 ../2026-07 [2018-07-05..2018-07-20] [2026-05-12,2026-06-03] [2026-05-12,2026-05-14,2026-06-03]
2027-21 2027-21/2027-22 2027-25 2027-29 2027-33/2027-34 2027-34 2027-37 2027-40 2027-40/2027-41
[2027-21..2027-22] [2027-33..2027-34] [2027-37..2027-39] [2027-40..2027-41] [2018-07-30..2018-08-02]
2017-11-08T15:00Z 2017-11-08T15:00+02:00 2027-11-08T15:00/.. 2027-11-08T15:00/2027-11-08T16:30
2027-11-08T22:00/2027-11-09T02:00 2027-11-30T22:00/2027-12-01T01:00"""


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("date", PRINTED.split())
def test_a_printed_date_is_read_back(date: str, language: str) -> None:
    when = edtf.parse(date)
    assert parse_date(format_date(when, language)).edtf == when.text


@pytest.mark.parametrize(
    ("words", "calendar", "found"),
    [
        ("15 January", None, "2027-01-15"),
        ("29 November", None, "2026-11-29"),
        ("28 November", None, "2027-11-28"),
        ("November", None, "2026-11"),  # not over yet
        ("28 November 2026", None, "2026-11-28"),
        ("December to February", None, "2026-12/2027-02"),
        ("15 March", "2027-06/2028-12", "2028-03-15"),
        ("15 December", "2026-01/2028-12", "2026-12-15"),
        ("15 March", "2017-05/2018-04", "2018-03-15"),  # over, but the only one
        ("15 March", "2016-01/2018-04", "2027-03-15"),
        ("29 February", "2027-06/2028-12", "2028-02-29"),
    ],
)
def test_a_date_without_a_year_is_the_next_one(words: str, calendar: str | None, found: str) -> None:
    reading = parse_upcoming_date(words, date(2026, 11, 29), parse(calendar) if calendar else None)
    assert reading.edtf == found


def test_a_day_that_the_next_years_do_not_have_is_refused() -> None:
    with pytest.raises(DatePhraseError):
        parse_upcoming_date("29 February", date(2026, 11, 29))
