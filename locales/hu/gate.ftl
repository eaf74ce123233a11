# Minden üzenet mellett: miért így megy, miért vár, vagy miért nem megy el. A rendelő munkatársai olvassák.

why-suppressed-no-consent = Nem ment el: a páciens nem járult hozzá az ilyen üzenetekhez.
why-suppressed-opted-out = Nem ment el: a páciens azt kérte, hogy ide ne írjunk többet.
why-suppressed-refused = Nem ment el: a páciens a rendelő elutasítási listáján van.
why-suppressed-deceased = Nem ment el: a páciens elhunyt.
why-suppressed-no-bots = A program nem ír: a páciens csak emberrel szeretne beszélni.
why-suppressed-open-complaint = Nem ment el: a páciensnek nyitott panasza van.
why-suppressed-duplicate = Nem ment el: a páciens ezt már megkapta.
why-suppressed-over-cap = Nem ment el: a páciens elég üzenetet kapott, és ez kevésbé fontos.
why-suppressed-stale = Nem ment el: az ideje elmúlt.
why-suppressed-not-reachable = Nem ment el: nincs csatorna, amelyen a páciens elérhető.
why-suppressed-not-verified = Nem ment el: érzékeny tartalom, és a páciens egyik elérhetősége sincs igazolva.
why-suppressed-window-closed = Nem ment el: az üzenetküldő csak a páciens üzenete után egy ideig engedi, hogy írjunk.
why-suppressed-over-budget = Nem ment el: a csatorna kerete elfogyott.
why-suppressed-visit-changed = Nem ment el: az időpont azóta megváltozott.

why-held-quiet-hours = Vár eddig: { $until }. Csendes órákban senkit sem zavarunk.
why-held-daily-cap = Vár eddig: { $until }. A páciens mára már megkapta az üzeneteit.
why-held-out-of-hours = Vár eddig: { $until }. A rendelő zárva van.
why-held-restored = Vár, mert mentésből állítottuk vissza: egy embernek kell elengednie.

why-channel-preferred = { $channel }: a páciens ezt kérte.
why-channel-last-answered = { $channel }: a páciens legutóbb itt válaszolt.
why-channel-cheapest = { $channel }: így a legolcsóbb elérni a pácienst.
why-channel-only-one = { $channel }: a páciens csak így érhető el.
why-channel-next-in-ladder = { $channel }: az előző csatornán nem volt jele annak, hogy megérkezett.
why-channel-chosen = { $channel }: egy munkatárs választotta.

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
channel-sandbox = Gyakorló üzenetküldő
