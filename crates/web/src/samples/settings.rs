//! The settings of a clinic with five people, four chairs and two channels.

use clinic::staff::Role;
use kernel::{Arg, Date, Locale, Refusal, format};

use super::{Sample, number, page, sample};
use crate::forms::{Choice, Faults, Week};
use crate::pages::settings::ladder_view::{LadderPage, Nowhere, ReachLine, ReachView, RuleLine, RulePage, RungView, Stands, UnreachedPage};
use crate::pages::settings::view::{
    AccountLine, ApprovedTexts, ChairsPage, ChannelPage, ChannelsPage, ClinicForm, ClinicPage, Connected, Embed, FieldKind, FieldNeed,
    FieldView, HoursPage, MePage, Means, OtherDay, Prices, Published, ServiceCardPage, ServiceForm, ServiceLine, ServicesPage,
    StaffCardPage, StaffForm, StaffLine, StaffPage, Standing, Switch,
};
use crate::{Chip, Page, Place, Tone, Words};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let shell = || page(words, Place::Settings, "settings-title");
    let none = Faults::default;
    vec![
        sample("settings-clinic", &clinic(shell(), none())),
        sample("settings-clinic-refused", &clinic(shell(), Faults::of(&Refusal::new("clinic.quiet-hours").at("quiet_hours"), words))),
        sample("settings-hours", &HoursPage { page: shell(), week: week(words), days: days(words), faults: none() }),
        sample("settings-hours-plain", &HoursPage { page: shell(), week: week(words), days: vec![], faults: none() }),
        sample("settings-staff", &StaffPage { page: shell(), staff: staff(words) }),
        sample("settings-staff-empty", &StaffPage { page: shell(), staff: vec![] }),
        sample("settings-staff-card", &staff_card(shell(), Standing::WorksHere)),
        sample("settings-staff-left", &staff_card(shell(), Standing::HasLeft)),
        sample("settings-staff-new", &StaffCardPage { id: None, ..staff_card(shell(), Standing::WorksHere) }),
        sample("settings-services", &ServicesPage { page: shell(), services: services(words) }),
        sample("settings-services-empty", &ServicesPage { page: shell(), services: vec![] }),
        sample("settings-service", &service(shell(), Some("srv_1".to_owned()))),
        sample("settings-service-new", &service(shell(), None)),
        sample("settings-chairs", &ChairsPage { page: shell(), chairs: chairs(), faults: none() }),
        sample("settings-chairs-empty", &ChairsPage { page: shell(), chairs: vec![], faults: none() }),
        sample("settings-channels", &channels(shell(), words)),
        sample("settings-channels-empty", &ChannelsPage { accounts: vec![], ..channels(shell(), words) }),
        sample("settings-channel", &channel(shell(), words, Some(connected(words)))),
        sample("settings-channel-mail", &channel(shell(), words, Some(mail(words)))),
        sample("settings-channel-new", &channel(shell(), words, None)),
        sample(
            "settings-channel-chat",
            &channel(shell(), words, Some(chat(words, Some("<script src=\"https://desk.example/chat.js\" async></script>")))),
        ),
        sample("settings-channel-chat-unreachable", &channel(shell(), words, Some(chat(words, None)))),
        sample("settings-ladder", &ladder(shell(), words)),
        sample("settings-ladder-empty", &LadderPage { rules: vec![], undo: None, ..ladder(shell(), words) }),
        sample("settings-ladder-rule", &rule(shell(), words, none())),
        sample(
            "settings-ladder-rule-refused",
            &rule(
                shell(),
                words,
                Faults::of(&Refusal::new("ladder.minutes").at("minutes").with("place", 1_i64).with("most", 1_440_i64), words),
            ),
        ),
        sample("settings-ladder-rule-empty", &RulePage { rungs: vec![], stands: Stands::New, ..rule(shell(), words, none()) }),
        sample("settings-ladder-unreached", &unreached(shell(), words)),
        sample("settings-ladder-unreached-none", &UnreachedPage { patients: vec![], more: String::new(), ..unreached(shell(), words) }),
        sample("settings-me", &me(shell(), none())),
        sample("settings-me-refused", &me(shell(), Faults::of(&Refusal::new("password.wrong").at("current"), words))),
    ]
}

fn locales(words: Words) -> Vec<Choice> {
    Choice::choose(Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).into(), words.code())
}

fn week(words: Words) -> Week {
    Week::of(&"mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00".parse().expect("hours are written so"), words)
}

fn clinic(page: Page, faults: Faults) -> ClinicPage {
    let form = ClinicForm {
        name: "Smile Dental".to_owned(),
        address: "1052 Budapest, Petőfi Sándor utca 7., 2nd floor".to_owned(),
        map_url: "https://maps.example/7".to_owned(),
        zone: "Europe/Budapest".to_owned(),
        zones: vec!["Europe/Budapest".to_owned()],
        region: "HU".to_owned(),
        locales: locales(page.words),
        public_url: "https://desk.example".to_owned(),
        quiet_from: "21:00".to_owned(),
        quiet_until: "08:00".to_owned(),
        daily_cap: "1".to_owned(),
    };
    ClinicPage { page, form, faults }
}

fn days(words: Words) -> Vec<OtherDay> {
    let day =
        |on: Date, hours: &str| OtherDay { on: on.to_string(), day: format::date_long(on, words.locale()), hours: number(words, hours) };
    vec![day(Date::constant(2026, 12, 24), "9:00–13:00"), day(Date::constant(2026, 12, 25), "")]
}

fn staff(words: Words) -> Vec<StaffLine> {
    let line = |id: &str, name: &str, title: &str, role: Role, chip: Option<Chip>| StaffLine {
        id: id.to_owned(),
        initials: name.split(' ').filter_map(|part| part.chars().next()).collect(),
        name: name.to_owned(),
        title: title.to_owned(),
        role: words.say(&format!("role-{}", role.name())),
        chip,
    };
    vec![
        line("stf_1", "Bianka Kiss", "", Role::Desk, Some(Chip::new(Tone::Good, words.say("staff-on-shift")))),
        line("stf_2", "Pavel Gromov", "Dr Gromov", Role::Clinician, None),
        line("stf_3", "سارا احمدی", "Dr Ahmadi", Role::Clinician, None),
        line("stf_4", "Tóth Gábor", "", Role::Desk, Some(Chip::new(Tone::Done, words.say("staff-left")))),
    ]
}

fn staff_card(page: Page, standing: Standing) -> StaffCardPage {
    let words = page.words;
    let roles = Role::ALL.map(|role| Choice::new(role.name(), words.say(&format!("role-{}", role.name()))));
    let provides = ["treatment", "nothing"].map(|name| Choice::new(name, words.say(&format!("staff-provides-{name}"))));
    let form = StaffForm {
        given: "Pavel".to_owned(),
        family: "Gromov".to_owned(),
        title: "Dr Gromov".to_owned(),
        roles: Choice::choose(roles.into(), "clinician"),
        locales: locales(words),
        email: "pavel@clinic.example".to_owned(),
        provides: Choice::choose(provides.into(), "treatment"),
        week: week(words),
    };
    StaffCardPage { page, id: Some("stf_2".to_owned()), form, standing, faults: Faults::default() }
}

fn services(words: Words) -> Vec<ServiceLine> {
    let line = |id: &str, name: &str, minutes: u32, buffer: u32, who: String, chip: Option<Chip>| ServiceLine {
        id: id.to_owned(),
        name: name.to_owned(),
        length: words.with("service-length", &[("minutes", minutes.into()), ("buffer", buffer.into())]),
        who,
        chip,
    };
    vec![
        line("srv_1", "Check-up", 30, 0, words.say("service-everybody"), None),
        line("srv_2", "Crown", 60, 10, "Dr Gromov, Dr Kiss".to_owned(), None),
        line("srv_3", "Whitening", 45, 0, "Dr Kiss".to_owned(), Some(Chip::new(Tone::Done, words.say("service-offered-retired")))),
    ]
}

fn service(page: Page, id: Option<String>) -> ServiceCardPage {
    let offered = ["yes", "retired"].map(|name| Choice::new(name, page.words.say(&format!("service-offered-{name}"))));
    let form = ServiceForm {
        name: "Crown".to_owned(),
        minutes: "60".to_owned(),
        buffer_minutes: "10".to_owned(),
        providers: Choice::choose(vec![Choice::new("stf_2", "Dr Gromov"), Choice::new("stf_3", "Dr Kiss")], "stf_2"),
        chairs: chairs().into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        preparation: "Please bring your X-ray if you have one.".to_owned(),
        offered: Choice::choose(offered.into(), "yes"),
    };
    ServiceCardPage { page, id, form, faults: Faults::default() }
}

fn chairs() -> Vec<(String, String)> {
    (1..=3).map(|number| (format!("cha_{number}"), format!("Chair {number}"))).collect()
}

fn account(words: Words, tone: Tone, trouble: Option<&str>) -> AccountLine {
    let state = if trouble.is_some() { "channel-state-trouble" } else { "channel-state-on" };
    AccountLine {
        id: "acc_1".to_owned(),
        channel: "Telegram".to_owned(),
        name: "@smile_dental_bot".to_owned(),
        chip: Chip::new(tone, words.say(state)),
        trouble: trouble.map(|key| words.say(key)),
        traffic: [words.say("channel-traffic-in-none"), words.say("channel-traffic-out-none")].join(" · "),
    }
}

fn channels(page: Page, words: Words) -> ChannelsPage {
    let offered = [("telegram", "Telegram"), ("bale", "Bale"), ("email", "E-mail")]
        .map(|(channel, name)| (channel.to_owned(), name.to_owned(), words.say(&format!("channel-about-{channel}"))));
    let mail = AccountLine {
        id: "acc_2".to_owned(),
        channel: "E-mail".to_owned(),
        name: "desk@clinic.example".to_owned(),
        ..account(words, Tone::Bad, Some("channel-trouble-unauthorized"))
    };
    ChannelsPage { page, accounts: vec![account(words, Tone::Good, None), mail], offered: offered.into() }
}

fn ladder(page: Page, words: Words) -> LadderPage {
    let choices = |keys: &[&str]| keys.iter().map(|key| Choice::new(*key, words.say(key))).collect();
    let then = [("before", Arg::from("WhatsApp")), ("minutes", Arg::from(20_i64)), ("channel", Arg::from("SMS"))];
    let line = RuleLine {
        path: "/settings/ladder/rule?purpose=service&group=".to_owned(),
        about: words.say("purpose-service"),
        rungs: words.with("ladder-then", &then),
    };
    let purposes = choices(&["purpose-service", "ladder-every-purpose"]);
    let groups = choices(&["ladder-group-everybody", "ladder-group-children", "ladder-group-seniors"]);
    LadderPage { page, rules: vec![line], purposes, groups, undo: Some(3), faults: Faults::default() }
}

fn rule(page: Page, words: Words, faults: Faults) -> RulePage {
    let many = |key: &str, many: i64| words.with(key, &[("many", Arg::from(many))]);
    let rung = |channel: &str, name: &str, note: String, chip: Option<Chip>| RungView {
        channel: channel.to_owned(),
        name: name.to_owned(),
        minutes: number(words, "20"),
        note,
        chip,
    };
    let line = |name: &str, here: &str, so_far: &str, many: u32| ReachLine {
        name: name.to_owned(),
        here: number(words, here),
        so_far: number(words, so_far),
        many,
    };
    let sums = [("many", Arg::from(100_i64)), ("first", Arg::from("412 Ft")), ("most", Arg::from("1 890 Ft"))];
    let reach = ReachView {
        of: many("ladder-reach-of", 1_240),
        patients: 1_240,
        lines: vec![line("WhatsApp", "702", "702", 702), line("Telegram", "388", "911", 911), line("SMS", "1190", "1204", 1_204)],
        more: vec![many("ladder-reach-elsewhere", 6), many("ladder-reach-left-out", 11)],
        nowhere: Some(Nowhere { many: many("ladder-reach-nowhere", 19), path: "/settings/ladder/unreached?purpose=&group=".to_owned() }),
        costs: vec![words.with("ladder-cost-hundred", &sums), many("ladder-cost-parts", 2)],
        unpriced: vec![("WhatsApp".to_owned(), "/settings/channels/acc_1#prices".to_owned())],
    };
    RulePage {
        page,
        about: words.say("purpose-service"),
        purpose: "service".to_owned(),
        group: String::new(),
        version: 3,
        stands: Stands::Changed,
        rungs: vec![
            rung("whatsapp", "WhatsApp", String::new(), None),
            rung("telegram", "Telegram", words.say("ladder-no-reports"), None),
            rung("sms", "SMS", String::new(), Some(Chip::new(Tone::Wait, words.say("ladder-not-connected")))),
        ],
        addable: vec![Choice::new("viber", "Viber"), Choice::new("vk", "VK")],
        reach,
        faults,
    }
}

fn unreached(page: Page, words: Words) -> UnreachedPage {
    UnreachedPage {
        page,
        back: "/settings/ladder/rule?purpose=&group=".to_owned(),
        of: words.with("ladder-unreached-of", &[("about", Arg::from(words.say("purpose-service"))), ("many", Arg::from(19_i64))]),
        patients: vec![("Boris Orlov".to_owned(), "/patients/pat_1".to_owned())],
        more: words.with("ladder-unreached-more", &[("many", Arg::from(18_i64))]),
    }
}

fn connected(words: Words) -> Connected {
    Connected {
        line: account(words, Tone::Bad, Some("channel-trouble-polled-elsewhere")),
        switch: Switch::On,
        link: Some("https://t.me/smile_dental_bot".to_owned()),
        hook: Some("https://desk.example/hooks/vk/acc_1".to_owned()),
        balance: Some("1540.80 RUB".to_owned()),
        copied: vec![(words.say("channel-vk-secret"), "0123456789abcdef".to_owned(), words.say("channel-vk-secret-help"))],
        trial: Some(Chip::new(Tone::Good, words.say("channel-trial-sent"))),
        template: None,
        published: None,
        texts: ApprovedTexts::Listed,
        means: Means::Writes,
        prices: Some(Prices {
            typed: "+36; 14.9\n*; 40\n".to_owned(),
            help: words.with("channel-prices-help-segment", &[("currency", Arg::from("HUF"))]),
        }),
        embed: None,
    }
}

/// A mail server whose mails are signed here.
fn mail(words: Words) -> Connected {
    let key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA".repeat(9);
    let record = Published {
        name: "caredesk._domainkey.clinic.example".to_owned(),
        text: format!("v=DKIM1; k=rsa; p={key}"),
        state: Some(Chip::new(Tone::Bad, words.say("standing-record-other-short"))),
        wrong: Some((words.say("standing-record-other"), words.say("standing-record-other-do"))),
        looked: words.with("standing-looked", &[("at", Arg::from("10:42"))]),
    };
    Connected {
        line: account(words, Tone::Good, None),
        link: None,
        hook: None,
        copied: vec![],
        published: Some(record),
        ..connected(words)
    }
}

/// A chat on a website, which one can reach the desk from or not.
fn chat(words: Words, line: Option<&str>) -> Connected {
    let embed = Embed { line: line.map(str::to_owned), trial: "/chat/acc_1/try?lang=en".to_owned() };
    Connected {
        line: account(words, Tone::Good, None),
        link: None,
        hook: None,
        copied: vec![],
        embed: Some(embed),
        prices: None,
        ..connected(words)
    }
}

fn channel(page: Page, words: Words, account: Option<Connected>) -> ChannelPage {
    let field = |name: &str, kind: FieldKind, need: FieldNeed| FieldView {
        name: name.to_owned(),
        label: words.say(&format!("channel-telegram-{name}")),
        help: words.say(&format!("channel-telegram-{name}-help")),
        kind,
        value: String::new(),
        need,
    };
    let security = FieldView {
        name: "security".to_owned(),
        label: words.say("channel-email-security"),
        help: words.say("channel-email-security-help"),
        kind: FieldKind::Choice(vec![Choice::new("tls", "TLS"), Choice::new("starttls", "STARTTLS")]),
        value: "tls".to_owned(),
        need: FieldNeed::Required,
    };
    let need = if account.is_some() { FieldNeed::Stored } else { FieldNeed::Required };
    let fields = vec![field("token", FieldKind::Secret, need), field("server", FieldKind::Url, FieldNeed::Optional), security];
    let faults = Faults::default().and("token", words.say("channel-setting-wrong-form"));
    ChannelPage { page, channel: "Telegram".to_owned(), path: "/settings/channels/new/telegram".to_owned(), fields, account, faults }
}

fn me(page: Page, faults: Faults) -> MePage {
    let role = page.words.say("role-desk");
    MePage {
        page,
        name: "Bianka Kiss".to_owned(),
        role,
        email: "bianka@clinic.example".to_owned(),
        telephone: Some("117".to_owned()),
        faults,
    }
}
