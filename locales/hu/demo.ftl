# The telephones of a demo clinic.
demo-pushing = A rendelő éli az életét…
demo-phones-title = A páciensek telefonjai
demo-phones-find = Páciens keresése
demo-phones-nobody = Ilyen nevű páciens nincs.
demo-phones-asked = választ várunk
demo-phone-empty = Még nincs üzenet.
demo-phone-without = Ennek a páciensnek a telefonján nincs üzenetküldő: csak hívással érhető el.
demo-phone-say = Írás a páciens nevében
demo-phone-send = Küldés
demo-phone-file = Kép vagy fájl küldése
demo-phone-close = Telefon bezárása
demo-phone-back = Összes telefon
demo-phone-react = Hüvelykujj az üzenet alá

demo-website = Weboldal
demo-website-title = A rendelő weboldala
demo-website-languages = Nyelv
demo-website-care = Kezeléseink
demo-website-hero = Nyugodt kéz, egészséges fogak
demo-website-lead = Kontroll, tömés és szájhigiénia a város közepén, négy nyelven.
demo-website-hint = Próbálja ki a sarokban a csevegést: amit ír, a Beérkezők közé kerül.
demo-website-hygiene = Szájhigiénia
demo-website-hygiene-what = Évente két kíméletes tisztítás megőrzi az íny egészségét.
demo-website-filling = Tömés
demo-website-filling-what = Egy alkalommal, az Ön fogainak színében.
demo-website-fear = Fél?
demo-website-fear-what = Szóljon. Időt hagyunk, minden lépést elmagyarázunk, és megállunk, amint felemeli a kezét.
