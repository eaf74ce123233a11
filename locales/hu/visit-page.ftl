### Az oldalak, amelyeket a páciens hivatkozással nyit meg.

visit-page-title = Az Ön időpontja
visit-page-greeting = { $patient }, várjuk Önt
visit-page-greeting-requested = { $patient }, ezt az időpontot kérte
visit-page-greeting-closed = { $patient }, ez volt az Ön időpontja
visit-page-length = Körülbelül { $minutes } perc.
visit-page-minutes = { $minutes } perc
visit-page-late-said = Jelezte, hogy { $minutes } percet késik. Köszönjük.
visit-page-confirm = Ott leszek
visit-page-another-time = Másik időpont
visit-page-late = Késni fogok
visit-page-late-ask = Mennyit?
visit-page-cancel = Nem tudok elmenni
visit-page-cancel-ask = Elárulja, miért? A válaszával lemondja az időpontot.
visit-page-cancel-note = Más nap jobban megfelelne? Válassza a „Másik időpont” gombot, és a helye megmarad.
visit-page-reason-unwell = Nem vagyok jól
visit-page-reason-no-time = Nincs időm
visit-page-reason-cost = A költség miatt
visit-page-reason-elsewhere = Máshol kezelnek
visit-page-reason-other = Más okból
visit-page-person = Írok egy munkatársnak
visit-page-more = További tudnivalók
visit-page-calendar = Naptárba teszem
visit-page-map = Így jut el hozzánk
visit-page-times-title = Melyik időpont felel meg?
visit-page-times-none = A következő hetekben nincs ehhez illő szabad időpont. Egy munkatársunk keres Önnel együtt.
visit-page-times-note = A megérintett időpontra helyezzük át. A régi időpontot másvalaki kapja meg.
visit-page-back = Marad a mostani
visit-page-done-confirmed = Köszönjük. Várjuk szeretettel.
visit-page-done-moved = Áthelyeztük az időpontját. Ez az új.
visit-page-done-late = Köszönjük, hogy szólt. Vigyázzon magára útközben.
visit-page-done-cancelled = Lemondtuk az időpontját. Bármikor szívesen keresünk Önnek másikat.
visit-page-done-person = Egy munkatársunk írni fog Önnek.
visit-page-changed = Közben változott valami. Most így áll.
visit-page-answers-by = { $time }-ig válaszol
visit-page-answers-from = válaszol: { $time }

link-ended-title = Ez a hivatkozás már nem érvényes
link-ended-why = Lejárt, vagy azóta újabbat küldtünk Önnek.
link-ended-way-on = Nyissa meg a rendelő legutóbbi üzenetét, vagy válaszoljon rá: segíteni fogunk.

unsubscribe-title = Ne küldjünk több e-mailt?
unsubscribe-what = Ezután az időpont-emlékeztetők sem jönnek e-mailben. A többi elérhetősége változatlan marad.
unsubscribe-do = Ne jöjjön több e-mail
unsubscribe-done = Nem küldünk több e-mailt
unsubscribe-done-what = Ha meggondolja magát, szóljon a következő alkalommal, vagy válaszoljon a rendelő bármelyik üzenetére.
