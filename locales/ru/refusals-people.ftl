### Почему с пациентами, сотрудниками, услугами или клиникой нельзя сделать то, что просили.

refusal-actor-not-allowed = Ваша роль этого не позволяет.
refusal-patient-not-own-choice = Изменить это в карте может только клиника.
refusal-patient-not-yours = Это относится к другому пациенту.
refusal-patient-own-guardian = Пациент не может быть собственным представителем.
refusal-patient-born-in-future = Эта дата рождения ещё не наступила.
refusal-patient-born-too-early = Проверьте, пожалуйста, год рождения.
refusal-staff-email = Это не адрес электронной почты.
refusal-staff-last-owner = Должен остаться хотя бы один владелец, который может войти в систему.
refusal-service-minutes = Укажите от { $least } до { $most } минут.
refusal-service-buffer = После визита можно оставить не более { $most } минут.
refusal-clinic-region = Выберите страну, по правилам которой читаются номера телефонов.
refusal-clinic-url = Это не адрес в интернете. Он начинается с https://.
refusal-clinic-public-url = Укажите адрес без пути, например https://desk.example.
refusal-clinic-quiet-hours = Тихие часы не могут начинаться и заканчиваться в одно и то же время.
refusal-clinic-daily-cap = Укажите от 1 до { $most } сообщений в день.
refusal-task-already-done = Это уже сделал кто-то другой.
refusal-task-fallen-away = За это время вопрос решился сам. Делать больше ничего не нужно.
