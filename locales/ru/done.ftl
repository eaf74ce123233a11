# Что только что сделано.

done-saved = Сохранено.
done-added = Добавлено.
done-removed = Удалено.
done-booked = Визит записан.
done-moved = Визит перенесён.
done-marked = Отмечено в журнале.
done-cancelled = Визит отменён.
done-sent = Отправлено.
done-waits = Сообщение ждёт и уйдёт само в своё время.
done-not-sent = Не отправлено: причина указана в переписке.
done-noted = Заметка сохранена.
done-taken = Разговор теперь ваш.
done-handed-over = Передано коллеге.
done-given-back = Возвращено в общий список.
done-put-aside = Отложено. Вернётся само.
done-closed = Закрыто.
done-reopened = Снова открыто.
done-linked = Привязано к карте.
done-settled = Готово.
done-switched-on = Включено.
done-switched-off = Выключено.
done-connected = Подключено. Отправьте себе пробное сообщение.
done-left = Вход для сотрудника закрыт.
done-returned = С возвращением: вход снова открыт.
done-password-changed = Пароль изменён.
done-set-up = Рабочее место готово. Подключите здесь первый канал; рядом — сотрудники, услуги и кресла.
