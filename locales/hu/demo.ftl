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
demo-phone-close = Telefon bezárása
demo-phone-back = Összes telefon
demo-phone-react = Hüvelykujj az üzenet alá
