# Minden üzenet mellett: miért így megy, miért vár, vagy miért nem megy el. A rendelő munkatársai olvassák.

why-suppressed-no-consent = Nem ment el: a páciens nem járult hozzá az ilyen üzenetekhez.
why-suppressed-no-consent-change = Ezen csak a páciens változtathat: ha hozzájárul, és ez a kartonjára kerül, legközelebb elmegy.
why-suppressed-opted-out = Nem ment el: a páciens azt kérte, hogy ide ne írjunk többet.
why-suppressed-opted-out-change = Ezen csak a páciens változtathat: ha újra ír ide, és kéri az üzeneteket.
why-suppressed-refused = Nem ment el: a páciens a rendelő elutasítási listáján van.
why-suppressed-refused-change = Az elutasítást a vezető oldhatja fel; addig a pult munkatársa írhat.
why-suppressed-deceased = Nem ment el: a páciens elhunyt.
why-suppressed-deceased-change = Ha a kartonon a jelölés téves, a pult ott javíthatja.
why-suppressed-no-bots = A program nem ír: a páciens csak emberrel szeretne beszélni.
why-suppressed-no-bots-change = A pult telefonálhat vagy írhat; a páciens bármikor újra engedélyezheti a programot.
why-suppressed-open-complaint = Nem ment el: a páciensnek nyitott panasza van.
why-suppressed-open-complaint-change = Magától újraindul, amint a panasz felelőse lezárta azt.
why-suppressed-duplicate = Nem ment el: a páciens ezt már megkapta.
why-suppressed-duplicate-change = A pult kézzel újra megírhatja.
why-suppressed-over-cap = Nem ment el: a páciens elég üzenetet kapott, és ez kevésbé fontos.
why-suppressed-over-cap-change = A pult kézzel elküldheti; a napi üzenetek számát a vezető módosíthatja a beállításokban.
why-suppressed-stale = Nem ment el: az ideje elmúlt.
why-suppressed-stale-change = Nincs mit tenni vele; a pult új üzenetet írhat.
why-suppressed-not-reachable = Nem ment el: nincs csatorna, amelyen a páciens elérhető.
why-suppressed-not-reachable-change = A pult telefonszámot, e-mail-címet vagy üzenetküldőt vehet fel a kartonra.
why-suppressed-not-verified = Nem ment el: érzékeny tartalom, és a páciens egyik elérhetősége sincs igazolva.
why-suppressed-not-verified-change = A páciens igazolhat egy elérhetőséget azzal, hogy onnan válaszol, vagy a pult személyesen ellenőrzi.
why-suppressed-window-closed = Nem ment el: az üzenetküldő csak a páciens üzenete után egy ideig engedi, hogy írjunk.
why-suppressed-window-closed-change = Megnyílik, amint a páciens ír; a vezető sablont hagyathat jóvá hozzá.
why-suppressed-template-paused = Nem ment el: az üzenetküldő felfüggesztette az ehhez jóváhagyott sablont.
why-suppressed-template-paused-change = Azt a sablont, amelyet a páciensek nem kedvelnek, néhány órára felfüggesztik; a vezető a csatorna beállításaiban másikat választhat.
why-suppressed-template-not-approved = Nem ment el: az üzenetküldő nem hagyta jóvá az ehhez való sablont.
why-suppressed-template-not-approved-change = A vezető a csatorna beállításaiban látja a sablon állapotát, és másikat választhat.
why-suppressed-template-advertises = Nem ment el: az üzenetküldő reklámnak tekinti az ehhez való sablont, és a páciens nem kért reklámot.
why-suppressed-template-advertises-change = A vezető „Utility” kategóriájú sablont hagyathat jóvá; a páciens hozzájárulhat a reklámhoz.
why-suppressed-over-budget = Nem ment el: a csatorna kerete elfogyott.
why-suppressed-over-budget-change = A csatorna keretét a vezető emelheti meg a beállításokban.
why-suppressed-visit-changed = Nem ment el: az időpont azóta megváltozott.
why-suppressed-visit-changed-change = Nincs vele teendő: az új időpontról külön üzenetek mennek.
why-suppressed-gone-before = Nem ment el újra: lehet, hogy a biztonsági mentés visszaállítása előtt már elment, ezért a recepció elvetette.
why-suppressed-gone-before-change = A recepción bárki írhat újra a páciensnek.
why-suppressed-arrived-after-all = Nem volt rá szükség: amit másik csatornán ismételt volna, közben megérkezett vagy választ kapott.
why-suppressed-arrived-after-all-change = Nincs teendő.

why-held-quiet-hours = Vár eddig: { $until }. Csendes órákban senkit sem zavarunk.
why-held-quiet-hours-change = A pult most is elengedheti; a csendes órákat a vezető módosíthatja a beállításokban.
why-held-daily-cap = Vár eddig: { $until }. A páciens mára már megkapta az üzeneteit.
why-held-daily-cap-change = A pult most is elengedheti; a napi üzenetek számát a vezető módosíthatja a beállításokban.
why-held-out-of-hours = Vár eddig: { $until }. A rendelő zárva van.
why-held-out-of-hours-change = Aki írta, vagy bárki a pultnál, most is elengedheti.
why-held-restored = Vár, mert mentésből állítottuk vissza: egy embernek kell elengednie.
why-held-restored-change = A pultnál bárki elengedheti, miután meggyőződött róla, hogy a visszaállítás előtt nem ment el.

why-channel-preferred = { $channel }: a páciens ezt kérte.
why-channel-preferred-change = A páciens más csatornát is kérhet; a pult ezt a kartonra írja.
why-channel-ladder = { $channel }: a rendelő csatornalétrájának első foka, amelyen a páciens elérhető.
why-channel-ladder-change = A létrát a vezető módosíthatja a beállításokban; a kartonon megadott csatorna megelőzi.
why-channel-last-answered = { $channel }: a páciens legutóbb itt válaszolt.
why-channel-last-answered-change = A kartonon megadott csatorna megelőzi; ezt a pult írhatja be.
why-channel-cheapest = { $channel }: így a legolcsóbb elérni a pácienst.
why-channel-cheapest-change = A kartonon megadott csatorna megelőzi; ezt a pult írhatja be.
why-channel-only-one = { $channel }: a páciens csak így érhető el.
why-channel-only-one-change = A pult további elérhetőséget vehet fel a kartonra.
why-channel-next-in-ladder = { $channel }: az előző csatornán nem volt jele annak, hogy megérkezett.
why-channel-next-in-ladder-change = Azt, hogy a forgatókönyv mennyit vár a következő csatorna előtt, a vezető módosíthatja.
why-channel-chosen = { $channel }: egy munkatárs választotta.
why-channel-chosen-change = Aki írja, küldés előtt más csatornát is választhat.

# Min keresztül érkezett: „visszaigazolva (Telegram), kedd 18:42”.

origin-desk = a pultnál
origin-channel = { $channel } útján
origin-visit-page = az időpont oldalán
origin-import = importáláskor
origin-program = a programtól

origin-mark-booked = rögzítve { $through }, { $at }
origin-mark-confirmed = visszaigazolva { $through }, { $at }
origin-mark-arrived = megérkezett, jelölve { $through }, { $at }
origin-mark-in-chair = a székben, jelölve { $through }, { $at }
origin-mark-completed = befejezve, jelölve { $through }, { $at }
origin-mark-cancelled = lemondva { $through }, { $at }
origin-mark-moved = áttéve { $through }, { $at }
origin-mark-no-show = nem jött el, jelölve { $through }, { $at }
origin-mark-late = késik, jelezve { $through }, { $at }

channel-telegram = Telegram
channel-bale = Bale
channel-whatsapp = WhatsApp
channel-messenger = Messenger
channel-vk = VK
channel-max = MAX
channel-viber = Viber
channel-sms = SMS
channel-email = E-mail
channel-web = Webes csevegés
channel-telephone = Telefon
channel-sandbox = Gyakorló üzenetküldő
