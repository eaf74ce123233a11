# A csatornák beállításai, és ami baj lehet velük.

channel-telegram-token = A bot tokenje
channel-telegram-token-help = Írjon a Telegramban a @BotFather fióknak, küldje el a /newbot parancsot, és másolja ki a tokent a válaszból. Így néz ki: 123456789:AAE…
channel-telegram-server = A szerver címe
channel-telegram-server-help = Csak akkor módosítsa, ha saját Bot API-szervert használ.

channel-bale-token = A bot tokenje
channel-bale-token-help = Írjon a Bale alkalmazásban a @botfather fióknak, hozzon létre egy botot, és másolja ki a tokent a válaszból.
channel-bale-server = A szerver címe
channel-bale-server-help = Csak akkor módosítsa, ha a Bale másik címet adott meg Önnek.

channel-whatsapp-token = Hozzáférési token
channel-whatsapp-token-help = A Meta Business beállításaiban, a Rendszerfelhasználók alatt: hozzon létre egyet, adja hozzá az alkalmazást és a WhatsApp-fiókot, majd készítsen le nem járó tokent.
channel-whatsapp-phone-number-id = Telefonszám-azonosító
channel-whatsapp-phone-number-id-help = A Meta-alkalmazásban: WhatsApp, API-beállítás. Nem maga a telefonszám.
channel-whatsapp-app-secret = Az alkalmazás titkos kódja
channel-whatsapp-app-secret-help = A Meta-alkalmazásban: Alkalmazásbeállítások, Alapvető. Erről ismerjük fel a Meta hívásait.
channel-whatsapp-list-button = A listát megnyitó gomb
channel-whatsapp-list-button-help = A háromnál több válaszú kérdések alatt látszik, például „Választás”. Legfeljebb 20 karakter.
channel-whatsapp-template = A jóváhagyott sablon neve
channel-whatsapp-template-help = A páciens utolsó üzenete után egy nappal a WhatsApp csak jóváhagyott szöveget enged át. Készítsen Utility kategóriájú sablont páciensei minden nyelvén, két változóval és gombok nélkül: az első a páciens neve, a második az üzenet. Nélküle az emlékeztető a következő csatornán megy.
channel-whatsapp-verify-token = Ellenőrző token
channel-whatsapp-verify-token-help = Írja be a Metánál: WhatsApp, Konfiguráció, Webhook, a fenti címmel együtt, és iratkozzon fel a messages mezőre.
channel-whatsapp-server = Szerver címe
channel-whatsapp-server-help = Csak akkor módosítsa, ha a Meta újabb verziót kér.

channel-messenger-token = Az oldal hozzáférési tokenje
channel-messenger-token-help = A Meta-alkalmazásban: Messenger, API-beállítások. Adja hozzá az oldalát, és készítsen tokent.
channel-messenger-page-id = Oldalazonosító
channel-messenger-page-id-help = Az oldal száma ugyanott, a neve mellett.
channel-messenger-app-secret = Az alkalmazás titkos kódja
channel-messenger-app-secret-help = A Meta-alkalmazásban: Alkalmazásbeállítások, Alapvető. Erről ismerjük fel a Meta hívásait.
channel-messenger-verify-token = Ellenőrző token
channel-messenger-verify-token-help = Írja be a Metánál: Messenger, API-beállítások, Webhooks, a fenti címmel együtt. Iratkozzon fel ezekre: messages, messaging_postbacks, message_deliveries, message_reads és messaging_referrals.
channel-messenger-server = Szerver címe
channel-messenger-server-help = Csak akkor módosítsa, ha a Meta újabb verziót kér.

channel-viber-token = A bot tokenje
channel-viber-token-help = A Viber a bot jóváhagyása után adja: Viber Admin Panel, Info, Token.
channel-viber-sender-name = Feladó neve
channel-viber-sender-name-help = A páciensek minden üzenet fölött ezt látják. Legfeljebb 28 karakter.
channel-viber-welcome = Első szavak
channel-viber-welcome-help = Az látja, aki megnyitja a csevegést. A Viberen a rendelő csak azután írhat, hogy a páciens koppintott vagy írt.
channel-viber-welcome-button = A gomb alatta
channel-viber-welcome-button-help = Egy koppintás rá elindítja a beszélgetést, például „Kezdés”.
channel-viber-server = Szerver címe
channel-viber-server-help = Csak akkor módosítsa, ha a Viber más címet adott.

channel-vk-token = A közösség hozzáférési kulcsa
channel-vk-token-help = A VK-közösségében: Kezelés, API használata, Hozzáférési kulcsok, Kulcs létrehozása. Engedélyezze az üzeneteket és a közösség kezelését.
channel-vk-group-id = A közösség száma
channel-vk-group-id-help = Kezelés, API használata, Callback API: a group_id utáni szám.
channel-vk-confirmation = A szerver által visszaadandó szöveg
channel-vk-confirmation-help = Kezelés, API használata, Callback API. Csak akkor kell, ha a VK hívja ezt a programot; nyilvános cím nélkül az üzeneteket lekérjük.
channel-vk-secret = Titkos kulcs
channel-vk-secret-help = Írja be a VK-ban a Callback API résznél titkos kulcsként, mielőtt a Megerősítés gombra kattint. Utána kapcsolja be az eseményeket: bejövő üzenet, művelet üzenettel, üzenetek engedélyezése és tiltása.
channel-vk-server = Szerver címe
channel-vk-server-help = Csak akkor módosítsa, ha a VK más címet adott.

channel-max-token = A bot tokenje
channel-max-token-help = A MAX partnerfelületén: Chatbotok, Integráció, Token lekérése.
channel-max-authority = A hitelesítő tanúsítványa
channel-max-authority-help = A MAX olyan orosz nemzeti hitelesítő tanúsítványát mutathatja, amelyet a legtöbb gép nem ismer. Illessze be ide a gyökértanúsítványt a BEGIN CERTIFICATE sortól az END CERTIFICATE sorig.
channel-max-server = Szerver címe
channel-max-server-help = Csak akkor módosítsa, ha a MAX más címet adott.

channel-email-host = Levelezőszerver
channel-email-host-help = A leveleit küldő szerver, például smtp.example.com. A szolgáltatója SMTP- vagy kimenő szervernek nevezi.
channel-email-port = Port
channel-email-port-help = Általában 587 (STARTTLS) vagy 465 (TLS).
channel-email-security = Titkosítás
channel-email-security-help = Titkosítás nélkül csak az ugyanezen a gépen futó szervernek küldhető levél.
channel-email-security-starttls = STARTTLS
channel-email-security-tls = TLS
channel-email-security-none = Nincs
channel-email-user = Felhasználónév
channel-email-user-help = Gyakran a teljes e-mail-cím. Hagyja üresen, ha a szerver nem kér bejelentkezést.
channel-email-password = Jelszó
channel-email-password-help = Egyes szolgáltatók itt külön alkalmazásjelszót kérnek a megszokott jelszó helyett.
channel-email-from-address = Feladó címe
channel-email-from-address-help = Ezt látják a páciensek, és ide érkeznek a válaszaik.
channel-email-from-name = Feladó neve
channel-email-from-name-help = A rendelő neve, ahogyan a páciensek ismerik.
channel-email-bounce-address = A visszapattanó levelek címe
channel-email-bounce-address-help = Ide jönnek vissza a kézbesíthetetlen levelek; az üzenet száma a pluszjel után áll. Hagyja üresen, ha a szolgáltatója nem enged más feladót.

channel-setting-unknown = Ennek a csatornának nincs ilyen beállítása.
channel-setting-missing = Kérjük, töltse ki ezt a mezőt.
channel-setting-too-long = Ez túl hosszú.
channel-setting-control = Sortörés vagy láthatatlan karakter van benne. Kérjük, írja be újra.
channel-setting-not-an-address = Kérjük, https:// kezdetű címet adjon meg.
channel-setting-not-a-number = Kérjük, a megengedett tartományba eső egész számot adjon meg.
channel-setting-not-a-mail-address = Kérjük, e-mail-címet adjon meg.
channel-setting-not-a-choice = Kérjük, válasszon a lehetőségek közül.
channel-setting-wrong-form = Ez nem megfelelő formájú. Kérjük, ellenőrizze, hogy az egészet kimásolta-e.

channel-trouble-unauthorized = A szolgáltató nem fogadja el a tokent vagy a jelszót. Kérjük, ellenőrizze, vagy kérjen újat.
channel-trouble-wrong-server = Ezen a címen nincs ilyen szolgáltatás. Kérjük, ellenőrizze a címet és a tokent.
channel-trouble-no-such-host = Nem található ilyen nevű szerver.
channel-trouble-refused = A szerver elutasította a kapcsolatot. Kérjük, ellenőrizze a címet és a portot.
channel-trouble-unreachable = A szerver jelenleg nem érhető el.
channel-trouble-tls = Nem sikerült titkosított kapcsolatot létesíteni a szerverrel.
channel-trouble-interrupted = A kapcsolat megszakadt, mielőtt az üzenetet átadtuk volna.
channel-trouble-too-fast = A szolgáltató lassabb küldést kér. Az üzenet a sorára vár.
channel-trouble-overloaded = A szolgáltató jelenleg nem fogad üzeneteket. Újra megpróbáljuk.
channel-trouble-no-such-recipient = Nincs ilyen címzett.
channel-trouble-never-opened = A páciens még nem nyitotta meg a csevegést a rendelővel, ezért ott nem írhatunk elsőként.
channel-trouble-mailbox-full = A páciens postafiókja megtelt.
channel-trouble-too-long = Az üzenet túl hosszú vagy túl nagy ehhez a csatornához.
channel-trouble-policy = Az üzenetet levélszemétként vagy a szolgáltató szabályai miatt elutasították.
channel-trouble-window-closed = A páciens túl régen írt. Csak jóváhagyott sablon küldhető.
channel-trouble-polled-elsewhere = Ennek a fióknak az üzeneteit egy másik program tölti le. Kérjük, állítsa le, vagy használjon másik botot.
channel-trouble-webhook-active = Ennek a fióknak az üzenetei másik címre mennek. Kérjük, csatlakoztassa újra a fiókot.
channel-trouble-webhook-refused = A szolgáltató nem éri el a rendelő nyilvános címét.
channel-trouble-no-public-address = Ez a csatorna maga hívja a programot. Kérjük, előbb adja meg a rendelő beállításainál a program nyilvános, https:// kezdetű címét.
channel-trouble-strange-answer = A szolgáltató olyan választ adott, amelyet nem tudunk értelmezni.
channel-trouble-other = A szolgáltató elutasította az üzenetet.
