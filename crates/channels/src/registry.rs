//! Every channel that is built. One line each.

use clinic::actors::Channel;

use crate::Connector;
use crate::email::Email;
use crate::max::Max;
use crate::messenger::Messenger;
use crate::sandbox::Sandbox;
use crate::sms::Sms;
use crate::telegram::{BALE, TELEGRAM};
use crate::telephone::Telephone;
use crate::viber::Viber;
use crate::vk::Vk;
use crate::web::Web;
use crate::whatsapp::Whatsapp;

const CONNECTORS: [&dyn Connector; 12] =
    [&TELEGRAM, &BALE, &Whatsapp, &Messenger, &Vk, &Max, &Viber, &Sms, &Email, &Web, &Telephone, &Sandbox];

pub fn registry() -> &'static [&'static dyn Connector] {
    &CONNECTORS
}

/// None for a channel that is not in the list above.
pub fn connector(channel: Channel) -> Option<&'static dyn Connector> {
    registry().iter().copied().find(|connector| connector.channel() == channel)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use fluent_syntax::ast::Entry;
    use fluent_syntax::parser;
    use kernel::{Chance, Locale, Secret};
    use proptest::prelude::*;

    use super::*;
    use crate::world::{self, MONDAY, files, http, posted, reminder};
    use crate::{Answer, Card, Kind, Letter, MailStage, Means, NotSent, Reach, SettingFault, SettingWrong, Settings, Trouble, same_secret};

    #[test]
    fn each_channel_is_registered_once_and_found_by_its_name() {
        let names: BTreeSet<_> = registry().iter().map(|connector| connector.channel()).collect();
        assert_eq!(names.len(), registry().len());
        for connector in registry() {
            let found = super::connector(connector.channel()).map(Connector::channel);
            assert_eq!(found, Some(connector.channel()));
        }
    }

    #[test]
    fn each_channel_has_fixtures_for_each_direction() {
        for connector in registry() {
            let channel = connector.channel();
            let outside = !matches!(written(*connector).as_slice(), [Letter::Internal { .. }]);
            let card = connector.card();
            let directions =
                [("arriving", card.arriving.by_webhook() || card.arriving.by_polling()), ("leaving", outside), ("answers", outside)];
            for (direction, needed) in directions {
                assert_eq!(!files(channel, direction).is_empty(), needed, "fixtures/{}/{direction}", channel.name());
            }
        }
    }

    fn written(connector: &dyn Connector) -> Vec<Letter> {
        let settings = world::settings(connector);
        if connector.card().means == Means::Calls {
            return connector.ring(&settings, &world::dial()).into_iter().collect();
        }
        let letters = connector.write(&settings, &reminder(connector.channel()));
        letters.unwrap_or_else(|error| panic!("{}: {error}", connector.channel().name()))
    }

    #[test]
    fn each_card_can_be_believed() {
        for connector in registry() {
            let Card { text, buttons, media, window, templates, pace, formats, .. } = connector.card();
            assert!(text.most > 0 && !formats.is_empty());
            assert!(buttons.is_none_or(|buttons| buttons.most >= 4 && buttons.label >= 12 && buttons.data >= 32));
            assert!(media.iter().all(|medium| medium.bytes > 0));
            // After a window has closed, only a template goes, where there is such a thing.
            assert!(window.is_some() || *templates != crate::Templates::OutsideWindow);
            for rate in [pace.per_account, pace.per_recipient] {
                assert!(rate.letters > 0 && !rate.within.is_zero());
            }
        }
    }

    #[test]
    fn what_a_card_promises_of_arriving_is_built() {
        for connector in registry() {
            let settings = world::settings(*connector);
            let arriving = connector.card().arriving;
            assert_eq!(connector.poll(&settings, None).is_some(), arriving.by_polling());
            let refused = connector.read_webhook(&settings, &posted(&[], "", b"{}"));
            assert_eq!(refused == Err(crate::Unreadable::NoWebhook), !arriving.by_webhook());
        }
    }

    /// The texts of the channels in one language.
    fn words(locale: Locale) -> BTreeMap<String, bool> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(locale.code()).join("channels-settings.ftl");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        resource
            .body
            .into_iter()
            .filter_map(|entry| if let Entry::Message(message) = entry { Some((message.id.name, message.value.is_some())) } else { None })
            .collect()
    }

    #[test]
    fn each_setting_and_each_trouble_has_words_in_each_language() {
        let mut keys: BTreeSet<String> = Trouble::ALL.into_iter().map(|trouble| trouble.key().to_owned()).collect();
        keys.extend(SettingWrong::ALL.into_iter().map(|wrong| wrong.key().to_owned()));
        for connector in registry() {
            let channel = connector.channel();
            for field in connector.settings().iter().filter(|field| field.is_shown()) {
                keys.extend([field.key(channel), field.help_key(channel)]);
                if let Kind::Choice(choices) = field.kind {
                    keys.extend(choices.iter().map(|choice| field.choice_key(channel, choice)));
                }
            }
        }
        for locale in Locale::ALL {
            let words: BTreeSet<_> = words(locale).into_iter().filter(|(_, has_words)| *has_words).map(|(key, _)| key).collect();
            assert_eq!(words, keys, "{locale}");
        }
    }

    #[test]
    fn settings_are_filled_in_checked_and_never_shown() {
        let typed = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let fields = TELEGRAM.settings();
        let mut first = typed(&[("token", world::TOKEN), ("server", " ")]);
        Settings::fill(fields, &mut first, None, &mut Chance::from_seed(1));
        let settings = Settings::read(fields, &first, None).unwrap();
        assert_eq!(settings.text("server"), "https://api.telegram.org");
        assert_eq!(settings.text("webhook_secret").len(), 32);
        assert_eq!(TELEGRAM.check_settings(&settings), Ok(()));

        // A secret left empty stays; what was made once is not made again.
        let mut later = typed(&[("token", ""), ("server", "https://other.example")]);
        Settings::fill(fields, &mut later, Some(&settings), &mut Chance::from_seed(2));
        let changed = Settings::read(fields, &later, Some(&settings)).unwrap();
        assert_eq!(changed.text("token"), world::TOKEN);
        assert_eq!(changed.text("webhook_secret"), settings.text("webhook_secret"));
        assert_eq!(Settings::read(fields, &changed.to_store(), None), Ok(changed.clone()));
        assert_eq!(format!("{changed:?}"), r#"Settings{"server", "token", "webhook_secret"}"#);

        let long = "x".repeat(501);
        let table = [
            (vec![("token", "")], "token", SettingWrong::Missing),
            (vec![("colour", "red")], "colour", SettingWrong::Unknown),
            (vec![("token", "a\nb")], "token", SettingWrong::Control),
            (vec![("token", long.as_str())], "token", SettingWrong::TooLong),
            (vec![("server", "http://api.telegram.org")], "server", SettingWrong::NotAnAddress),
            (vec![("server", "https://user@api.telegram.org")], "server", SettingWrong::NotAnAddress),
            (vec![("server", "https://")], "server", SettingWrong::NotAnAddress),
        ];
        for (pairs, field, wrong) in table {
            let mut values = typed(&[("token", world::TOKEN), ("webhook_secret", "x")]);
            values.extend(typed(&pairs));
            assert_eq!(Settings::read(fields, &values, None), Err(vec![SettingFault { field: field.to_owned(), wrong }]));
        }
        let mail = |name: &str, value: &str| {
            let mut values = world::settings(&Email).to_store();
            values.insert(name.to_owned(), value.to_owned());
            Settings::read(Email.settings(), &values, None).map_err(|faults| faults[0].wrong)
        };
        assert_eq!(mail("port", "0"), Err(SettingWrong::NotANumber));
        assert_eq!(mail("security", "maybe"), Err(SettingWrong::NotAChoice));
        assert_eq!(mail("from_address", "smile"), Err(SettingWrong::NotAMailAddress));
    }

    #[test]
    fn only_the_secret_itself_is_the_secret() {
        let table = [("open", "open", true), ("open", "Open", false), ("open", "open ", false), ("open", "", false), ("", "", false)];
        for (secret, shown, same) in table {
            assert_eq!(same_secret(&Secret::new(secret), shown.as_bytes()), same, "{secret} {shown}");
        }
    }

    fn every_answer(status: u16, text: &str) -> Vec<Answer> {
        let headers = vec![("Retry-After".to_owned(), text.to_owned())];
        let mut answers = vec![http(status, text.as_bytes()), Answer::Broken, Answer::NotSent(NotSent::Tls)];
        answers.push(Answer::Http { status, headers, body: Vec::new() });
        answers.push(Answer::Internal { id: text.to_owned() });
        let stages = [MailStage::Greeting, MailStage::SignIn, MailStage::Recipient, MailStage::Data, MailStage::Dot, MailStage::Check];
        answers.extend(stages.map(|stage| Answer::Mail { stage, code: status, text: text.to_owned() }));
        answers
    }

    proptest! {
        #[test]
        fn garbage_is_refused_or_means_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,40}") {
            for connector in registry() {
                let settings = world::settings(*connector);
                let secret = world::WEBHOOK_SECRET.as_bytes();
                let signed: [(&str, &[u8]); 2] = [("x-telegram-bot-api-secret-token", secret), ("x-sandbox-key", secret)];
                for body in [bytes.as_slice(), text.as_bytes()] {
                    for (headers, tail) in [(&signed[..], world::WEBHOOK_SECRET), (&[][..], text.as_str())] {
                        let read = connector.read_webhook(&settings, &posted(headers, tail, body));
                        prop_assert!(read.is_err_and(|error| (400..500).contains(&error.status())));
                    }
                }
            }
        }

        #[test]
        fn an_answer_of_garbage_is_never_taken_for_sent(status in 0_u16..700, text in "\\PC{0,40}") {
            for connector in registry() {
                let letter = written(*connector).remove(0);
                for answer in every_answer(status, &text) {
                    let sending = connector.read_answer(&letter, &answer);
                    let own = match (&answer, connector.channel()) {
                        (Answer::Internal { .. }, Channel::Sandbox | Channel::Web) => true,
                        (Answer::Mail { stage: MailStage::Dot, code, .. }, Channel::Email) => *code == 250,
                        _ => false,
                    };
                    prop_assert_eq!(matches!(sending, crate::Sending::Accepted { .. }), own);
                    let _account = connector.read_check(&answer);
                    if connector.card().arriving.by_polling() {
                        let fetched = crate::Fetched { cursor: None, answer: &answer, received_at: MONDAY };
                        prop_assert!(connector.read_poll(&world::settings(*connector), &fetched).is_err());
                    }
                }
                prop_assert!(connector.poll(&world::settings(*connector), Some(&text)).is_some() == connector.card().arriving.by_polling());
                let _letters = connector.set_up(&world::settings(*connector), &Reach::Webhook { url: text.clone() });
            }
        }
    }
}
