# Miért nem sikerült valami egy beszélgetéssel. A rendelő munkatársai olvassák.

refusal-conversation-closed = Ez a beszélgetés le van zárva. Előbb nyissa meg újra.
refusal-conversation-not-assigned = Ezt a beszélgetést senki sem viszi.
refusal-conversation-with-somebody-else = Itt már más válaszol. Előbb vegye át a beszélgetést.
refusal-conversation-not-closed = Ez a beszélgetés már nyitva van.
refusal-conversation-snooze-time = Válasszon egy időpontot mostantól legfeljebb egy évig.
refusal-conversation-not-snoozed = Ez a beszélgetés már nincs félretéve.
refusal-conversation-already-known = Ez a beszélgetés egy másik pácienshez tartozik.
refusal-conversation-note-empty = A jegyzet üres.
refusal-conversation-note-too-long = A jegyzet túl hosszú: legfeljebb { $most } karakter lehet.
refusal-conversation-answered-meanwhile = Egy kolléga időközben válaszolt. A szövege megmaradt: olvassa el a választ, majd küldje el vagy törölje a sajátját.
refusal-conversation-closed-meanwhile = Egy kolléga időközben lezárta ezt a beszélgetést. Nézze meg újra, mielőtt ír.
refusal-conversation-changed-meanwhile = Időközben új üzenet vagy változás történt itt. Nézze meg újra, majd küldje el.
refusal-conversation-emergency = A páciens sürgős esetet jelzett. Először válaszoljon.

# Miről szólt a beszélgetés: lezáráskor választják ki.

conversation-topic-visit = Időpont
conversation-topic-treatment = Kezelés
conversation-topic-price = Ár
conversation-topic-documents = Dokumentumok
conversation-topic-complaint = Panasz
conversation-topic-thanks = Köszönet
conversation-topic-not-for-us = Nem nekünk szól
conversation-topic-other = Egyéb
