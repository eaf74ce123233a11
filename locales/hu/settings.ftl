### A beállítások.

settings-title = Beállítások
settings-clinic = Rendelő
settings-hours = Nyitvatartás
settings-staff = Munkatársak
settings-services = Kezelések
settings-chairs = Székek
settings-channels = Csatornák
settings-me = Saját fiók
settings-save = Mentés
settings-saved = Elmentve.
settings-add = Hozzáadás
settings-remove = Eltávolítás
settings-back = Vissza
settings-optional = nem kötelező
settings-days = Eltérő napok
settings-days-none = Még nincs ünnepnap vagy eltérő nyitvatartás. Vegye fel azokat a napokat, amikor zárva vannak vagy másként rendelnek.
settings-day = Nap
settings-day-hours = Órák; üresen, ha zárva

clinic-map-url = Térkép hivatkozása
clinic-quiet = Csendes órák
clinic-quiet-help = A páciens ideje szerinti ezekben az órákban a bot nem küld üzenetet.
clinic-quiet-from = Ettől
clinic-quiet-until = Eddig
clinic-daily-cap = A bot üzenetei egy páciensnek naponta

staff-add = Munkatárs felvétele
staff-none = Még nincs itt senki. Vegye fel azokat, akik a pácienseknek válaszolnak, és akik kezelik őket.
staff-title = Ahogyan a páciensek ismerik
staff-role = Szerepkör
staff-provides = A naptárban
staff-provides-treatment = kezel, van oszlopa
staff-provides-nothing = nem kezel
staff-email-help = Ezzel lép be. Hagyja üresen, ha nem lép be.
staff-new-password = Új jelszó
staff-password-stays = Ha üresen hagyja, a régi marad.
staff-on-shift = műszakban
staff-left = már nem dolgozik itt
staff-has-left = Ez a munkatárs már nem dolgozik itt, és nem tud belépni. Az időpontjai a naptárban maradnak.
staff-leaving = Távozás
staff-leaving-what = Azonnal elveszíti a hozzáférését. Az időpontok és a beszélgetések megmaradnak.
staff-leaves = Már nem dolgozik itt…
staff-leaves-do = Hozzáférés megszüntetése:
staff-returns = Újra itt dolgozik

service-add = Kezelés felvétele
service-none = Még nincs mit foglalni. Vegye fel, mit kínálnak, és mennyi ideig tart.
service-name = Név
service-minutes = Perc
service-buffer = Szabadon hagyott percek utána
service-offered = Foglalható
service-offered-yes = igen
service-offered-retired = már nem
service-providers = Ki végzi
service-nobody-chosen = Ha mindenki végezheti, aki kezel, ne jelöljön be senkit.
service-everybody = mindenki
service-chairs = Hol
service-no-chair-chosen = Ha bármelyik szék megfelel, ne jelöljön be egyet sem.
service-preparation = Hogyan készüljön a páciens
service-preparation-help = A páciens az időponttal együtt olvassa.
service-length = { $buffer ->
    [0] { $minutes } perc
   *[other] { $minutes } + { $buffer } perc
}

chair-add = Szék felvétele
chair-none = Még nincs szék. Egy székben egyszerre csak egy páciens lehet.
chair-name = A szék neve

channel-none = Még nincs csatorna. Kapcsoljon be egyet lent, és a pácienseket ott éri el, ahol amúgy is vannak.
channel-connect-more = Csatorna bekapcsolása
channel-connect = Csatlakozás
channel-checked = Mentés előtt a szolgáltatónál ellenőrizzük a beállításokat.
channel-settings = Beállítások
channel-stored = tárolva; hagyja üresen, ha megtartja
channel-trial = Próba
channel-trial-help = Küldjön magának üzenetet, hogy lássa, megérkezik-e.
channel-trial-to = Kinek
channel-trial-do = Próbaüzenet küldése
channel-trial-sent = A próbaüzenetet elküldtük.
channel-link = Hivatkozás a pácienseknek
channel-link-help = Aki megnyitja, itt írhat a rendelőnek. Tegye ki a honlapra, vagy nyomtassa ki a recepcióra.
channel-at-provider = A szolgáltatónál
channel-hook = A cím, amelyet a szolgáltató hív
channel-hook-help = Ahol a szolgáltató webhook- vagy callback-címet kér, ezt írja be. A legtöbb szolgáltató már magától megtudta.
channel-on = Bekapcsolás
channel-off = Kikapcsolás
channel-state-on = működik
channel-state-off = kikapcsolva
channel-state-trouble = nem működik
channel-trouble-settings = A beállításai már nem olvashatók. Kérjük, kapcsolja be újra a fiókot.
channel-balance = A számla egyenlege:
channel-about-telegram = A rendelő botja. Ingyenes; a páciensek gombokat nyomnak.
channel-about-bale = A rendelő botja iráni pácienseknek. Ingyenes.
channel-about-whatsapp = A rendelő száma a WhatsAppon. A jóváhagyott szövegekért a Meta díjat kér.
channel-about-messenger = Facebook-oldala üzenetei, beszélgetéshez. Ingyenes.
channel-about-viber = A rendelő botja. A Viber díjat kér érte.
channel-about-vk = A közösségének üzenetei. Ingyenes.
channel-about-max = A rendelő botja. Ingyenes.
channel-about-sms = SMS a szolgáltatóján keresztül, amely az üzenet minden részéért díjat kér.
channel-about-email = Saját levelezőszerver; minden levélben naptárfájllal.
channel-about-telephone = Felvétel előtt látszik, ki hív; a nem fogadott hívásokat visszahívják.
channel-about-web = Csevegés és visszahívási űrlap a saját weboldalon. Ingyenes.
channel-about-sandbox = Üzenetküldő a programon belül, kipróbáláshoz.

me-password = Jelszó módosítása
me-current = Jelenlegi jelszó
me-password-do = Jelszó módosítása
me-password-note = Minden más eszközön kilép a programból.
me-password-done = A jelszavát módosítottuk.
