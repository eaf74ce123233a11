//! Every page in every language: no sentence is missing, and the direction is right.

use axum::http::StatusCode;
use clinic::staff::Role;
use kernel::Locale;
use store::Engine;
use store::trial::Room;

use super::counter::Counter;

#[tokio::test]
async fn every_page_is_written_in_the_language_of_its_reader() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let thread = counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
    counter.booked(counter.anna, "2026-11-23T10:00").await;
    counter.booked(counter.boris, "2026-11-24T10:00").await;
    let visit = counter.booked(counter.anna, "2026-11-25T10:00").await.id;
    let runs = counter.look(move |tx| store::runs::of_visit(tx, visit)).await;
    let run = runs.first().expect("a booked visit has a run").run.id;
    let (anna, service) = (counter.anna, counter.service);
    let paths = [
        "/today".to_owned(),
        "/inbox".to_owned(),
        "/inbox?tab=all".to_owned(),
        format!("/inbox/{thread}"),
        format!("/inbox/{thread}/link?find=anna"),
        "/journal".to_owned(),
        format!("/journal?on=2026-11-25&visit={visit}"),
        "/journal?on=2026-11-28".to_owned(),
        "/journal/new".to_owned(),
        "/journal/new?find=anna".to_owned(),
        format!("/journal/new?patient={anna}&service={service}&from=2026-11-24"),
        "/patients".to_owned(),
        "/patients?find=bell".to_owned(),
        "/patients/rows?find=nobody".to_owned(),
        "/patients/new".to_owned(),
        "/patients/guardians?find=boris".to_owned(),
        format!("/patients/new?conversation={thread}"),
        format!("/patients/{anna}"),
        format!("/patients/{anna}/edit"),
        format!("/patients/{anna}/lately"),
        "/playbooks".to_owned(),
        "/playbooks/visit-reminder".to_owned(),
        "/playbooks/texts/visit-reminder-ask".to_owned(),
        format!("/playbooks/runs/{run}"),
        "/settings".to_owned(),
        "/settings/hours".to_owned(),
        "/settings/staff".to_owned(),
        "/settings/staff/new".to_owned(),
        format!("/settings/staff/{}", counter.gromov),
        "/settings/services".to_owned(),
        "/settings/services/new".to_owned(),
        format!("/settings/services/{service}"),
        "/settings/chairs".to_owned(),
        "/settings/channels".to_owned(),
        "/settings/channels/new/telegram".to_owned(),
        "/settings/channels/new/email".to_owned(),
        "/settings/channels/new/sandbox".to_owned(),
        format!("/settings/channels/{}", counter.telegram),
        "/settings/me".to_owned(),
        "/nothing-here".to_owned(),
    ];
    for locale in Locale::ALL {
        let mut browser = counter.staff(Role::Owner, locale).await;
        browser.headers.push(("accept-language", locale.code().to_owned()));
        for path in &paths {
            let page = browser.get(path).await;
            let text = page.text();
            assert!(page.status == StatusCode::OK || page.status == StatusCode::NOT_FOUND, "{path} {locale}: {}", page.status);
            assert!(!page.body.contains('⟨'), "{path} {locale} lacks words: {}", text.split('⟨').nth(1).unwrap_or_default());
            if page.body.contains("<html") {
                assert_eq!(page.all("html", "lang"), [locale.code()], "{path}");
                let direction = if locale == Locale::Fa { "rtl" } else { "ltr" };
                assert_eq!(page.all("html", "dir"), [direction], "{path}");
            }
        }
    }
}
