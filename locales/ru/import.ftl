### Команда, которая переносит журнал и список пациентов клиники.

import-service-unnamed = Приём

import-file = { $name }: { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[other] { $rows } строк
}
import-sheet = Лист «{ $sheet }»: { $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
   *[other] { $rows } строк
}
import-columns = Столбцы поняты так:
import-column = { $header } → { $field } ({ $confidence })
import-column-unread = { $header }: не читается
import-column-blank = столбец { $number }
import-first = Первые строки поняты так:
import-row-visit = строка { $line }: { $patient } · { $when } · { $provider } · { $service } · { $status }
import-row-patient = строка { $line }: { $patient } · { $contact } · дата рождения: { $born }
import-unsaid = не указано
import-keyed = пациент { $key }
import-good = { $rows ->
    [one] Можно загрузить { $rows } строку.
    [few] Можно загрузить { $rows } строки.
   *[other] Можно загрузить { $rows } строк.
}
import-bad = { $rows ->
    [one] Нельзя загрузить { $rows } строку:
    [few] Нельзя загрузить { $rows } строки:
   *[other] Нельзя загрузить { $rows } строк:
}
import-doubts = { $rows ->
    [one] Обратите внимание на { $rows } строку:
    [few] Обратите внимание на { $rows } строки:
   *[other] Обратите внимание на { $rows } строк:
}
import-finding = строка { $line }, «{ $column }»: { $rule }
import-finding-row = строка { $line }: { $rule }
import-finding-sheet = «{ $sheet }», { $finding }
import-more = … и ещё { $rows }
import-new-providers = Будут внесены как принимающие, без входа в программу: { $names }
import-new-chairs = Будут внесены как кресла: { $names }
import-new-services = Будут внесены как услуги: { $names }
import-ask = Загрузить сейчас? Напишите «да», чтобы начать.
import-yes = да д yes y
import-nothing-written = Ничего не записано.
import-needs-yes = Ничего не записано. Добавьте --yes, чтобы загрузить без вопроса.
import-progress = { $done } из { $total } строк: хороших { $good }, плохих { $bad }
import-done-patients = Пациенты: добавлено { $added }, дополнено { $changed }, уже были { $known }.
import-done-visits = Приёмы: добавлено { $added }, перенесено { $moved }, изменено { $changed }, уже были { $known }.

import-field-patient-id = номер пациента
import-field-family = фамилия
import-field-given = имя
import-field-name = полное имя
import-field-phone = телефон
import-field-email = эл. почта
import-field-born = дата рождения
import-field-language = язык
import-field-guardian = представитель
import-field-guardian-phone = телефон представителя
import-field-marketing = согласие на рассылку
import-field-visit-id = номер приёма
import-field-start = дата и время
import-field-date = дата
import-field-time = время
import-field-end = окончание
import-field-minutes = длительность
import-field-provider = кто принимает
import-field-chair = кресло или кабинет
import-field-service = услуга
import-field-status = статус
import-field-note = примечание

import-confidence-guessed = проверьте: определено только по значениям
import-confidence-likely = вероятно
import-confidence-sure = точно
import-confidence-told = как вы указали
