//! The texts that WhatsApp has approved: fetched, assigned on a page, said in the place of our own words, and given up when Meta
//! pauses them.

use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use clinic::gate::SuppressReason;
use clinic::outbox::{Outbound, OutboundState};
use clinic::patients::{ContactPoint, NewPatient, Patient, Sureness};
use clinic::templates::State;
use desk::loops::{keep_house, look_up, run_due};
use kernel::{ContactPointId, Locale, PatientId, PersonName};
use serde_json::{Value, json};
use store::conversations::NEWEST;

use super::provider::{Provider, Seen};
use super::viber::signature;
use super::{Line, filled_in};
use crate::world::{World, told};

const SECRET: &str = "the-secret-of-the-app";
const BUSINESS: &str = "106500000000003";

fn answer(seen: &Seen) -> Option<Value> {
    match seen.path.as_str() {
        "/206500000000002" => Some(json!({ "verified_name": "Mosoly", "display_phone_number": "+36 1 555 0100" })),
        "/106500000000003/message_templates" if !seen.query.contains("after=") => {
            let next = json!({ "cursors": { "after": "MjQZD" }, "next": "https://elsewhere.example/with-a-token" });
            Some(json!({ "data": [template("care_message", "{{1}}: {{2}}", &[])], "paging": next }))
        }
        "/106500000000003/message_templates" => {
            let reminder = template("visit_reminder", "Hello {{name}}, we expect you on {{day}}.", &["I will come", "Another time"]);
            Some(json!({ "data": [reminder], "paging": {} }))
        }
        "/106500000000003/subscribed_apps" => Some(json!({ "success": true })),
        "/206500000000002/messages" => {
            let ours = seen.json()["biz_opaque_callback_data"].as_str().unwrap().to_owned();
            Some(json!({ "messages": [{ "id": format!("wamid.{ours}"), "message_status": "accepted" }] }))
        }
        _ => None,
    }
}

fn template(name: &str, body: &str, buttons: &[&str]) -> Value {
    let mut components = vec![json!({ "type": "BODY", "text": body })];
    if !buttons.is_empty() {
        let button = |label: &&str| json!({ "type": "QUICK_REPLY", "text": label });
        components.push(json!({ "type": "BUTTONS", "buttons": buttons.iter().map(button).collect::<Vec<_>>() }));
    }
    json!({ "name": name, "status": "APPROVED", "category": "UTILITY", "language": "en_US", "components": components })
}

async fn tells(line: &Line, id: &str, change: &Value) {
    let at = line.world.desk.now().as_millis() / 1000;
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": id, "time": at, "changes": [change] }] }).to_string();
    let page = line.called(&[("x-hub-signature-256", format!("sha256={}", signature(SECRET, &body)))], &body).await;
    assert_eq!(page.status.as_u16(), 200);
}

/// Who has never written: on WhatsApp only an approved text reaches her.
async fn zsofia(world: &World) -> PatientId {
    let clinic = world.people.clinic.id;
    let moved_in = world.desk.act(Actor::Program, Origin::Program, move |act| {
        let card = NewPatient::named(clinic, PersonName::new("Zsofia", "Nagy").unwrap(), Locale::En);
        let patient = Patient::new(card, PatientId::new(act.now, &mut act.chance), act.now).unwrap().0;
        store::patients::save(act.tx, &patient)?;
        let (id, address) = (ContactPointId::new(act.now, &mut act.chance), "whatsapp:36301112233".parse().unwrap());
        store::patients::save_contact(act.tx, &ContactPoint::new(id, patient.id, address, Sureness::Verified, act.now).0)?;
        Ok(patient.id)
    });
    moved_in.await.unwrap()
}

/// The hour comes, and what is due happens.
async fn comes(line: &Line, wall: &str) {
    line.world.clock.set(line.world.at(wall));
    keep_house(&line.world.desk).await.unwrap();
    run_due(&line.world.desk).await.unwrap();
    line.goes().await;
}

/// The newest message to her.
async fn newest(line: &Line, patient: PatientId) -> Outbound {
    let find = move |tx: &mut store::Tx<'_>, _: kernel::Timestamp| {
        let thread = store::conversations::of_patient(tx, patient)?.expect("a thread with her").id;
        Ok(store::outbound::of_conversation(tx, thread, NEWEST, 1)?.pop().expect("something was said"))
    };
    line.world.desk.look(find).await.unwrap()
}

/// Of the text that was assigned.
async fn state(line: &Line) -> State {
    let account = line.account;
    let find = move |tx: &mut store::Tx<'_>, _: kernel::Timestamp| Ok(store::templates::assigned(tx, account)?);
    let assigned = line.world.desk.look(find).await.unwrap().pop().expect("what was assigned");
    assigned.template.expect("it is still there").state
}

#[test]
fn an_approved_text_says_what_the_clinic_has_chosen_it_for_until_it_is_paused() {
    told(async |world| {
        let patient = zsofia(&world).await;
        let fields = [
            ("token", "a-token-of-a-system-user"),
            ("phone_number_id", "206500000000002"),
            ("business_account_id", BUSINESS),
            ("app_secret", SECRET),
            ("list_button", "Choose"),
        ];
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Whatsapp, provider, &fields).await;
        let texts = format!("/settings/channels/{}/texts", line.account);
        let listed = line.owner.get(&texts).await.texts("#templates li");
        assert!(listed.len() == 2 && listed[1].contains("visit_reminder") && listed[1].contains("approved"), "{listed:?}");
        assert!(listed[1].contains("Hello {{name}}, we expect you on {{day}}."), "{listed:?}");

        let chosen = format!("{texts}/assign?text=visit-reminder-ask&locale=en&template=visit_reminder/en_US");
        let assign = format!("{texts}/assign");
        let mut form = vec![("text", "visit-reminder-ask"), ("locale", "en"), ("template", "visit_reminder/en_US")];
        form.extend([("body-name", "patient_name"), ("body-day", "service"), ("answer-0", "confirm"), ("answer-1", "another-time")]);
        let refused = filled_in(&mut line.owner, &chosen, &assign, &form).await;
        assert_eq!(refused.status.as_u16(), 422, "a treatment is not named where anybody may read it");
        form[4] = ("body-day", "date_time");
        let kept = filled_in(&mut line.owner, &chosen, &assign, &form).await;
        assert_eq!(kept.status.as_u16(), 303, "{}", kept.text());
        let listed = line.owner.get(&texts).await.texts("#uses li").join(" ");
        assert!(listed.contains("visit_reminder") && listed.contains("approved"), "{listed}");

        line.world.book(patient, "2026-12-03T10:00").await;
        comes(&line, "2026-11-23T09:05").await;
        let booked = newest(&line, patient).await;
        assert!(matches!(booked.state, OutboundState::Suppressed { reason: SuppressReason::WindowClosed, .. }), "{:?}", booked.state);
        assert!(line.provider.calls("/messages").is_empty());
        comes(&line, "2026-11-30T10:00").await;
        let sent = line.provider.last("/messages").json();
        let message = newest(&line, patient).await;
        let button = |place: &str, code: &str| {
            let payload = format!("{}.{code}", message.id);
            json!({ "type": "button", "sub_type": "quick_reply", "index": place, "parameters": [{ "type": "payload", "payload": payload }] })
        };
        let gap = |name: &str, text: &str| json!({ "type": "text", "parameter_name": name, "text": text });
        let body = json!({ "type": "body", "parameters": [gap("name", "Zsofia"), gap("day", "Thursday, 3 December, 10:00")] });
        let components = json!([body, button("0", "confirm"), button("1", "another-time")]);
        assert_eq!(sent["template"], json!({ "name": "visit_reminder", "language": { "code": "en_US" }, "components": components }));

        // Meta pauses it, and tells so only when the next one is to go
        line.provider.answers_once(400, r#"{"error":{"code":132015,"message":"x"}}"#);
        line.world.book(patient, "2026-12-10T10:00").await;
        comes(&line, "2026-12-07T10:00").await;
        let stopped = newest(&line, patient).await;
        assert!(matches!(stopped.state, OutboundState::Suppressed { reason: SuppressReason::TemplatePaused, .. }), "{:?}", stopped.state);
        assert_eq!(state(&line).await, State::Paused);

        // and lets it go again
        line.world.pass(Duration::from_hours(1));
        let back = json!({ "field": "message_template_status_update", "value": {
            "event": "APPROVED", "message_template_name": "visit_reminder", "message_template_language": "en_US" } });
        tells(&line, "another-business", &back).await;
        assert_eq!(state(&line).await, State::Paused, "of another business");
        tells(&line, BUSINESS, &back).await;
        assert_eq!(state(&line).await, State::Approved);
        let asked = line.provider.calls("/message_templates").len();
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        assert_eq!(line.provider.calls("/message_templates").len(), asked + 2, "by now all are fetched anew, page by page");
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        assert_eq!(line.provider.calls("/message_templates").len(), asked + 2, "once");
    });
}
