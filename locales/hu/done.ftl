# Ami épp megtörtént.

done-saved = Elmentve.
done-added = Hozzáadva.
done-removed = Törölve.
done-booked = A vizit bejegyezve.
done-moved = A vizit áthelyezve.
done-marked = Jelölve a naplóban.
done-cancelled = A vizit lemondva.
done-sent = Elküldve.
done-waits = Vár, és a maga idejében magától elmegy.
done-not-sent = Nem ment el: a beszélgetésben olvasható, miért.
done-noted = A jegyzet megmaradt.
done-taken = A beszélgetés Öné.
done-handed-over = Átadva.
done-given-back = Visszaadva.
done-put-aside = Félretéve. Magától visszajön.
done-closed = Lezárva.
done-reopened = Újra megnyitva.
done-linked = A kartonhoz kapcsolva.
done-settled = Kész.
done-switched-on = Bekapcsolva.
done-switched-off = Kikapcsolva.
done-connected = Összekapcsolva. Küldjön magának egy próbaüzenetet.
done-left = Többé nem tud belépni.
done-returned = Újra be tud lépni.
done-password-changed = A jelszó megváltozott.
done-set-up = Készen áll. Itt kapcsolja össze az első csatornát; mellette a munkatársak, a szolgáltatások és a székek.
