//! How accounts stand: the tables over `fixtures/*/standing`, whose files are named by what was asked and what stands in them.

use clinic::actors::Channel;
use kernel::Timestamp;

use crate::standing::{Aspect, Found, Hook, Question, Token};
use crate::world::{self, files};
use crate::{Answer, Letter, Reach, connector, registry};

fn hook(channel: Channel) -> Reach {
    Reach::Webhook { url: format!("https://desk.example.test/hooks/{}/acc_1", channel.name()) }
}

/// As one would write it down: `hook ours (17 waiting, failed)`, `token until 2026-11-29T08:00:00Z`.
fn shown(finding: &Found) -> String {
    match finding {
        Found::Token(Token::Valid { until: None }) => "token valid".to_owned(),
        Found::Token(Token::Valid { until: Some(until) }) => format!("token until {until}"),
        Found::Token(Token::Refused) => "token refused".to_owned(),
        Found::Token(Token::Lacks(lacks)) => format!("token lacks {}", lacks.join(" ")),
        Found::Hook(Hook::Ours(backlog)) => match (&backlog.failed, backlog.waiting) {
            (None, 0) => "hook ours".to_owned(),
            (None, waiting) => format!("hook ours, {waiting} waiting"),
            (Some((at, words)), waiting) => format!("hook ours, {waiting} waiting, failed at {at}: {words}"),
        },
        Found::Hook(Hook::Elsewhere) => "hook elsewhere".to_owned(),
        Found::Hook(Hook::Missing) => "hook missing".to_owned(),
        Found::Hook(Hook::Lacks(lacks)) => format!("hook lacks {}", lacks.join(" ")),
        Found::Hook(Hook::GivenUp) => "hook given up".to_owned(),
        Found::Hook(Hook::InTheWay) => "hook in the way".to_owned(),
        Found::Unknown { why } => format!("unknown: {why}"),
    }
}

fn found(channel: Channel, reach: &Reach, name: &str) -> String {
    let connector = connector(channel).unwrap();
    let about = match name.split('-').nth(1) {
        Some("token") => Aspect::Token,
        Some("fields") => Aspect::Fields,
        _ => Aspect::Hook,
    };
    let status = name.split('-').next().unwrap().parse().unwrap();
    let answer = world::http(status, &world::file(channel, "standing", name));
    shown(&connector.read_finding(&world::settings(connector), reach, about, &answer))
}

#[test]
fn what_a_provider_tells_of_an_account_is_read_into_plain_words() {
    let table: [(Channel, &[(&str, &str)]); 7] = [
        (
            Channel::Telegram,
            &[
                ("200-hook-ours.json", "hook ours"),
                (
                    "200-hook-fails.json",
                    "hook ours, 17 waiting, failed at 2026-11-23T07:46:40Z: Wrong response from the webhook: 502 Bad Gateway",
                ),
                ("200-hook-elsewhere.json", "hook elsewhere"),
                ("200-hook-missing.json", "hook missing"),
                ("200-hook-lacks.json", "hook lacks edited_message callback_query my_chat_member message_reaction"),
                ("401-token-refused.json", "token refused"),
            ],
        ),
        (Channel::Bale, &[("200-hook-ours.json", "hook ours"), ("200-hook-without-its-secret.json", "hook elsewhere")]),
        (
            Channel::Vk,
            &[
                ("200-hook-ours.json", "hook ours"),
                ("200-hook-given-up.json", "hook given up"),
                ("200-hook-missing.json", "hook missing"),
                ("200-token-valid.json", "token valid"),
                ("200-token-lacks.json", "token lacks messages"),
                ("200-token-refused.json", "token refused"),
            ],
        ),
        (
            Channel::Max,
            &[
                ("200-hook-ours.json", "hook ours"),
                ("200-hook-lacks.json", "hook lacks bot_stopped dialog_removed message_edited message_removed dialog_cleared"),
                ("200-hook-elsewhere.json", "hook elsewhere"),
                ("200-hook-missing.json", "hook missing"),
                ("401-token-refused.json", "token refused"),
            ],
        ),
        (
            Channel::Viber,
            &[
                ("200-hook-ours.json", "hook ours"),
                ("200-hook-lacks.json", "hook lacks subscribed unsubscribed conversation_started"),
                ("200-hook-elsewhere.json", "hook elsewhere"),
                ("200-hook-missing.json", "hook missing"),
                ("200-token-refused.json", "token refused"),
            ],
        ),
        (
            Channel::Whatsapp,
            &[
                ("200-token-valid.json", "token valid"),
                ("200-token-ends.json", "token until 2026-11-29T08:00:00Z"),
                ("200-token-lacks.json", "token lacks whatsapp_business_messaging"),
                ("200-token-refused.json", "token refused"),
                ("400-token-refused.json", "token refused"),
                ("200-hook-ours.json", "hook ours"),
                ("200-hook-elsewhere.json", "hook elsewhere"),
                ("200-hook-missing.json", "hook missing"),
                ("200-fields-ours.json", "hook ours"),
                (
                    "200-fields-lacks.json",
                    "hook lacks message_template_status_update message_template_quality_update template_category_update",
                ),
                ("200-fields-missing.json", "hook missing"),
                ("400-fields-refused.json", "unknown: channel-trouble-policy"),
            ],
        ),
        (
            Channel::Messenger,
            &[
                ("200-token-valid.json", "token valid"),
                ("200-token-ends.json", "token until 2026-11-29T08:00:00Z"),
                ("200-token-lacks.json", "token lacks pages_messaging"),
                ("200-token-refused.json", "token refused"),
                ("400-token-refused.json", "token refused"),
                ("200-hook-ours.json", "hook ours"),
                ("200-hook-lacks.json", "hook lacks messaging_postbacks messaging_referrals message_deliveries message_reads"),
                ("200-hook-missing.json", "hook missing"),
                ("403-hook-unknown.json", "unknown: channel-trouble-policy"),
            ],
        ),
    ];
    for (channel, rows) in table {
        for (name, expected) in rows {
            assert_eq!(found(channel, &hook(channel), name), *expected, "{channel:?} {name}");
        }
        let mut named: Vec<_> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
        named.sort();
        let fetched = |name: &String| !name.contains("-polled-");
        assert_eq!(files(channel, "standing").into_iter().filter(fetched).collect::<Vec<_>>(), named, "{channel:?}");
    }
}

#[test]
fn whoever_fetches_is_told_of_an_address_that_takes_everything_away() {
    let table = [
        (Channel::Telegram, "200-hook-missing.json", "hook ours, 3 waiting"),
        (Channel::Telegram, "200-hook-ours.json", "hook in the way"),
        (Channel::Max, "200-hook-missing.json", "hook ours"),
        (Channel::Max, "200-hook-elsewhere.json", "hook in the way"),
        (Channel::Vk, "200-polled-ours.json", "hook ours"),
        (Channel::Vk, "200-polled-lacks.json", "hook lacks message_event"),
        (Channel::Vk, "200-polled-missing.json", "hook missing"),
    ];
    for (channel, name, expected) in table {
        assert_eq!(found(channel, &Reach::Polling, name), expected, "{channel:?} {name}");
    }
}

#[test]
fn a_question_changes_nothing_and_silence_is_not_taken_for_an_answer() {
    const MAY_BE_POSTED: [&str; 7] = [
        "getMe",
        "getWebhookInfo",
        "get_account_info",
        "groups.getTokenPermissions",
        "groups.getCallbackServers",
        "groups.getLongPollSettings",
        // Kavenegar is asked everything by POST
        "account/info.json",
    ];
    for connector in registry() {
        let (channel, settings) = (connector.channel(), world::settings(*connector));
        let reach = hook(channel);
        for Question { about, letter } in connector.questions(&settings, &reach) {
            if let Letter::Http(letter) = &letter {
                let path = letter.url.expose().split('?').next().unwrap();
                let is_known = MAY_BE_POSTED.iter().any(|name| path.ends_with(name));
                assert!(letter.method == crate::Method::Get || is_known, "{channel:?} {about:?}");
            }
            for answer in [Answer::Broken, world::http(502, b"<html>"), world::http(200, b"{}")] {
                let finding = connector.read_finding(&settings, &reach, about, &answer);
                assert!(finding.wrong().is_none(), "{channel:?} {about:?} {answer:?}: {finding:?}");
            }
        }
    }
}

#[test]
fn what_was_found_is_kept_and_read_again() {
    let at = Timestamp::from_seconds(1_795_420_800);
    let findings = [
        Found::Token(Token::Valid { until: Some(at) }),
        Found::Token(Token::Lacks(vec!["messages".to_owned()])),
        Found::Hook(Hook::Ours(crate::Backlog { waiting: 3, failed: Some((at, "502".to_owned())) })),
        Found::Hook(Hook::Elsewhere),
        Found::Unknown { why: "channel-trouble-other".to_owned() },
    ];
    let written = serde_json::to_string(&findings).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Found>>(&written).unwrap(), findings);
}

/// Every step until there is none, each with the answer that it met.
fn set_again(channel: Channel, answers: &[&str]) -> Vec<String> {
    let connector = connector(channel).unwrap();
    let settings = world::settings(connector);
    let mut so_far = Vec::new();
    let mut steps = Vec::new();
    while let Some(letter) = connector.set_again(&settings, &hook(channel), &so_far) {
        let Letter::Http(http) = &letter else { panic!("{letter:?}") };
        let path = http.url.expose().split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
        let fields = if matches!(http.body, crate::Body::Form(_)) { world::fields(&letter) } else { serde_json::Value::Null };
        let told = ["url", "server_id", "message_new", "callback_url", "fields", "verify_token"];
        let told = told.iter().filter_map(|name| fields[*name].as_str().map(|value| format!(" {name}={value}")));
        steps.push(format!("{path}{}", told.collect::<String>()));
        let Some(answer) = answers.get(so_far.len()) else { break };
        so_far.push(world::http(200, answer.as_bytes()));
    }
    steps
}

#[test]
fn a_provider_is_told_again_where_to_call_step_by_step() {
    const OURS: &str = r#"{"response":{"count":2,"items":[{"id":3,"title":"crm","url":"https://other.example.test/"},
        {"id":7,"title":"desk","url":"https://desk.example.test/hooks/vk/acc_1/","status":"failed"}]}}"#;
    const MOVED: &str = r#"{"response":{"count":1,"items":[{"id":5,"title":"Caredesk","url":"https://old.example.test/hooks/vk/acc_1"}]}}"#;
    const NONE: &str = r#"{"response":{"count":0,"items":[]}}"#;
    const DONE: &str = r#"{"response":1}"#;
    const URL: &str = "url=https://desk.example.test/hooks/vk/acc_1";
    let entered = |name: &str, server: &str| {
        let edited = if name == "groups.editCallbackServer" { format!(" server_id={server}") } else { String::new() };
        vec![
            "groups.getCallbackServers".to_owned(),
            format!("{name} {URL}{edited}"),
            format!("groups.setCallbackSettings server_id={server} message_new=1"),
        ]
    };
    assert_eq!(set_again(Channel::Vk, &[OURS, DONE, DONE]), entered("groups.editCallbackServer", "7"));
    assert_eq!(set_again(Channel::Vk, &[MOVED, DONE, DONE]), entered("groups.editCallbackServer", "5"));
    assert_eq!(set_again(Channel::Vk, &[NONE, r#"{"response":{"server_id":9}}"#, DONE]), entered("groups.addCallbackServer", "9"));
    // what cannot be read is not built upon
    assert_eq!(set_again(Channel::Vk, &["<html>"]), ["groups.getCallbackServers"]);
    assert_eq!(set_again(Channel::Vk, &[NONE, DONE]).len(), 2);
    assert_eq!(
        set_again(Channel::Whatsapp, &[r#"{"success":true}"#; 2]),
        [
            "subscribed_apps".to_owned(),
            format!(
                "subscriptions callback_url=https://desk.example.test/hooks/whatsapp/acc_1 fields=messages,\
                 message_template_status_update,message_template_quality_update,template_category_update verify_token={}",
                world::WEBHOOK_SECRET
            ),
        ]
    );
    assert_eq!(set_again(Channel::Telegram, &[DONE]), ["setWebhook"]);
}
