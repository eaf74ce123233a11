//! The catalogue of attacks on programs of this kind, as far as it comes in by a channel: each line tried on every way in, in every
//! place of everything that was seen to come. What becomes of it on the pages is tried through the real server.

use std::collections::BTreeSet;

use clinic::actors::Channel;
use clinic::conversations::{MediaFile, Said};
use url::Url;

use crate::trial::{News, Shown, TRAPS, Way, scripts, shown, ways};
use crate::world::MONDAY;
use crate::{Answer, Arrival, Event, Fetching, Letter, Settings, Unreadable};

const HOOK: &str = "https://desk.example.test/hooks/a/acc_1";
/// By which a place is found again on the other side.
const MARK: &str = "Zq7 <i>";
/// Of the scripts, so many stand at a place that tells no more than another of the same kind.
const SOME: usize = 3;
/// Places at which a file is told of are much alike.
const PLACES: usize = 3;

fn read(way: &Way, settings: &Settings, news: &News) -> Result<Vec<Arrival>, Unreadable> {
    way.read(settings, &way.told(settings, news, MONDAY), MONDAY)
}

/// What of an arrival says these words.
fn kinds(arrivals: &[Arrival], words: &str) -> BTreeSet<Shown> {
    let of = |arrival: &Arrival| {
        let key = arrival.repeat_key.contains(words).then_some(Shown::Key);
        let shown = shown(&arrival.event).into_iter().filter(|(_, said)| said.contains(words)).map(|(kind, _)| kind);
        shown.chain(key).collect::<Vec<_>>()
    };
    arrivals.iter().flat_map(of).collect()
}

/// What each way brings of the words of others, and nothing else: of a call, the number and, where the exchange tells it, which
/// colleague has taken it.
fn brings(way: &Way) -> &'static [Shown] {
    use Shown::{Answer, Caption, Colleague, FileKind, FileName, FilePlace, Label, Language, Name, Number, Reaction, Reason, Token, Words};
    match (way.channel(), way.provider) {
        (Channel::Telegram, _) => &[Words, Name, Caption, FileKind, FilePlace, Label, Answer, Reaction, Language, Number],
        (Channel::Bale, _) => &[Words, Name, Caption, FilePlace, Label, Answer],
        (Channel::Whatsapp, _) => &[Words, Name, Caption, FileName, FileKind, FilePlace, Label, Answer, Reaction, Reason],
        (Channel::Messenger, _) => &[Words, FilePlace, Label, Answer, Reaction, Token],
        (Channel::Vk, _) => &[Words, Caption, FileName, FilePlace, Label, Answer, Token],
        (Channel::Max, _) => &[Words, Name, Caption, FileName, FilePlace, Label, Answer, Token, Language],
        (Channel::Viber, _) => &[Words, Name, Caption, FileName, FilePlace, Token, Language],
        (Channel::Sms, "twilio") => &[Words, FilePlace, FileKind],
        (Channel::Sms, _) => &[Words],
        (Channel::Email, _) => &[Words, Name, Caption, FileName],
        (Channel::Web, _) => &[Words, Caption, FileName, Label, Answer, Language],
        (Channel::Sandbox, _) => &[Words, Name, Caption, FileName, Label, Answer, Reaction, Token, Language, Number],
        (Channel::Telephone, "zadarma" | "mango" | "uis" | "generic") => &[Number, Colleague],
        (Channel::Telephone, _) => &[Number],
    }
}

#[test]
fn t_c1_a_script_in_any_place_of_anything_that_comes_in_is_words_and_stands_in_no_log() {
    let scripts = scripts();
    assert!(scripts.len() >= 200 && scripts.iter().all(|script| script.contains("alert(1)") || script.contains("evil.example")));
    let (mut number, mut others) = (0, Vec::new());
    for way in ways() {
        let settings = way.settings(HOOK);
        let (all, mut brought) = (way.news(&settings, MONDAY), BTreeSet::new());
        assert!(!all.is_empty(), "{way:?} tells nothing");
        for news in &all {
            for (place, name) in news.places().iter().enumerate() {
                let marked = read(&way, &settings, &news.saying(place, MARK)).unwrap_or_default();
                let kinds = kinds(&marked, "Zq7");
                let is_new = !kinds.is_subset(&brought);
                let many = if is_new { scripts.len() } else { SOME };
                for _ in 0..many {
                    number += 1;
                    let script = scripts[number % scripts.len()];
                    let at = format!("{way:?}, {} {name}: {script}", news.name);
                    let arrivals = match read(&way, &settings, &news.saying(place, script)) {
                        Ok(arrivals) => arrivals,
                        Err(error) => {
                            assert!((400..500).contains(&error.status()), "{at}: {error}");
                            continue;
                        }
                    };
                    // what the provider says for itself may be written down
                    let unsaid = BTreeSet::from([Shown::Key, Shown::Code, Shown::Reason]);
                    if self::kinds(&arrivals, script).is_disjoint(&unsaid) {
                        assert!(!format!("{arrivals:?}").contains(script), "{at}: {arrivals:?}");
                    }
                    // where words come as they are, these do
                    let heard = |kind: Shown, arrivals: &[Arrival], words: &str| {
                        arrivals.iter().any(|arrival| shown(&arrival.event).contains(&(kind, words)))
                    };
                    if heard(Shown::Words, &marked, MARK) {
                        assert!(
                            heard(Shown::Words, &arrivals, script),
                            "{at}: {:?}",
                            arrivals.iter().map(|arrival| shown(&arrival.event)).collect::<Vec<_>>()
                        );
                    }
                }
                brought.extend(kinds);
            }
        }
        brought.retain(|kind| !matches!(kind, Shown::Key | Shown::Code));
        if brought != brings(&way).iter().copied().collect() {
            others.push(format!("{way:?} brings {brought:?}"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// Signs that nobody sees, or that turn what stands beside them.
fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{061c}')
}

#[test]
fn t_c3_nothing_hides_in_a_name_on_any_channel() {
    const NAME: &str = "Ve\u{202e}ra\u{200b} <b>Kis</b>\r\nX: y\u{2066}\u{feff}\u{200f}\u{061c}";
    for way in ways() {
        let (settings, mut tried) = (way.settings(HOOK), BTreeSet::new());
        for news in way.news(&settings, MONDAY) {
            for place in 0..news.places().len() {
                for arrival in read(&way, &settings, &news.saying(place, NAME)).unwrap_or_default() {
                    let is_call = matches!(arrival.event, Event::Call(_));
                    for (kind, said) in shown(&arrival.event).into_iter().filter(|(_, said)| said.contains("Kis")) {
                        // the number in a card that somebody has sent is read before it is shown
                        if matches!(kind, Shown::Name | Shown::Colleague) || (is_call && kind == Shown::Number) {
                            assert!(!said.contains(is_hidden), "{way:?}, {}: {kind:?} {said:?}", news.name);
                            tried.insert(kind);
                        }
                    }
                }
            }
        }
        let expected = brings(&way).iter().copied().filter(|kind| matches!(kind, Shown::Name | Shown::Colleague | Shown::Number));
        // who calls from a number that is none is known by none
        let expected: BTreeSet<Shown> = expected.filter(|kind| way.channel() == Channel::Telephone || *kind == Shown::Name).collect();
        assert!(tried.is_superset(&expected), "{way:?}: {tried:?}");
    }
}

/// The address of the account's provider, and what is asked for without a place of its own.
fn is_own(way: &Way, settings: &Settings, url: &Url) -> bool {
    let server = Url::parse(settings.text("server")).ok();
    let twilio = (way.name() == "sms-twilio").then(|| Url::parse("https://api.twilio.com").expect("an address"));
    let is_server = server.or(twilio).is_some_and(|server| server.origin() == url.origin());
    let host = url.host_str().unwrap_or_default();
    let is_below = |own: &&str| host == *own || host.ends_with(&format!(".{own}"));
    let has_name = url.username().is_empty() && url.password().is_none();
    has_name && (is_server || (url.scheme() == "https" && url.port().is_none() && way.connector.card().files.hosts.iter().any(is_below)))
}

/// Follows a file to its end, while every answer leads there. Shows each letter to `look`.
fn followed(way: &Way, settings: &Settings, (file, there): (&MediaFile, &str), look: &mut dyn FnMut(&Letter, usize)) {
    let leads = Answer::Http { status: 302, headers: vec![("Location".to_owned(), there.to_owned())], body: Vec::new() };
    let body = serde_json::json!({ "ok": true, "result": { "file_path": there }, "url": there }).to_string().into_bytes();
    let names = Answer::Http { status: 200, headers: Vec::new(), body };
    for answer in [leads, names] {
        let mut so_far = Vec::new();
        while let Fetching::Ask(letter) = way.connector.fetch(settings, file, &so_far) {
            look(&letter, so_far.len());
            assert!(so_far.len() < 6, "{way:?} asks on and on");
            so_far.push(answer.clone());
        }
    }
}

#[test]
fn t_d1_no_way_of_writing_an_address_makes_any_channel_ask_another_machine() {
    assert!(TRAPS.len() >= 60);
    let mut fetching = Vec::new();
    for way in ways() {
        let (settings, mut asked) = (way.settings(HOOK), 0);
        let places = places_of_files(&way, &settings);
        for host in TRAPS {
            for trap in [format!("https://{host}/a"), format!("http://{host}/a"), format!("//{host}/a"), (*host).to_owned()] {
                for file in places.iter().flat_map(|(news, place)| told_files(&way, &settings, &news.saying(*place, &trap))) {
                    followed(&way, &settings, (&file, &trap), &mut |letter, _| {
                        let Letter::Http(http) = letter else { panic!("{way:?} fetches otherwise") };
                        let url = Url::parse(http.url.expose()).unwrap_or_else(|_| panic!("{way:?}: {trap}"));
                        assert!(is_own(&way, &settings, &url), "{way:?}: {trap} leads to {url}");
                        asked += 1;
                    });
                }
            }
        }
        if asked > 0 {
            fetching.push(way.name());
        }
    }
    // who is told where a file lies asks nobody for its place; mails bring their files along
    assert_eq!(fetching, ["telegram", "bale", "whatsapp"], "these ask their provider first");
}

fn told_files(way: &Way, settings: &Settings, news: &News) -> Vec<MediaFile> {
    let arrivals = read(way, settings, news).unwrap_or_default().into_iter();
    let file = |arrival: Arrival| match arrival.event {
        Event::Message { said: Said::Media { file, .. }, .. } => file,
        _ => None,
    };
    arrivals.filter_map(file).collect()
}

/// Where the address of a file stands.
fn places_of_files(way: &Way, settings: &Settings) -> Vec<(News, usize)> {
    let mut places = Vec::new();
    for news in way.news(settings, MONDAY) {
        for place in 0..news.places().len() {
            let told = told_files(way, settings, &news.saying(place, "Zq7"));
            if places.len() < PLACES && told.iter().any(|file| file.reference.contains("Zq7")) {
                places.push((news.clone(), place));
            }
        }
    }
    places
}

#[test]
fn t_d2_the_token_is_shown_to_the_provider_alone_and_never_where_an_answer_leads() {
    let mut showing = Vec::new();
    for way in ways() {
        let (settings, mut shows) = (way.settings(HOOK), false);
        let hosts = way.connector.card().files.hosts;
        let elsewhere = hosts.first().map_or("https://evil.example/a".to_owned(), |host| format!("https://cdn.{host}/a"));
        let own = if way.name() == "sms-twilio" { "https://api.twilio.com" } else { settings.text("server") };
        for reference in ["AgAC", "1003383421387256", &format!("{own}/media/1"), &elsewhere] {
            followed(&way, &settings, (&MediaFile::at(reference.to_owned()), &elsewhere), &mut |letter, step| {
                let Letter::Http(http) = letter else { panic!("{way:?} fetches otherwise") };
                let said = format!("{} {:?}", http.url.expose(), http.headers.iter().map(|(_, value)| value.expose()).collect::<Vec<_>>());
                let secrets = ["token", "key", "app_secret", "password", "secret"].map(|field| settings.secret(field));
                let has_secret =
                    secrets.iter().any(|secret| !secret.is_empty() && said.contains(secret.expose())) || said.contains("Basic ");
                if has_secret {
                    shows = true;
                    // WhatsApp's machines that hold files ask for it, and belong to the same house
                    let at_home = http.url.expose().starts_with(own) || way.channel() == Channel::Whatsapp;
                    assert!(at_home && !own.is_empty(), "{way:?}, step {step}, from {reference}");
                }
            });
        }
        if shows {
            showing.push(way.name());
        }
    }
    assert_eq!(showing, ["telegram", "bale", "whatsapp", "sms-twilio"]);
}

#[test]
fn t_d3_no_file_of_any_channel_may_be_larger_or_slower_than_it_should() {
    for way in ways() {
        let (settings, most) = (way.settings(HOOK), way.connector.card().files.most);
        assert!(most <= 25_000_000, "{way:?}");
        let places = places_of_files(&way, &settings);
        for (news, place) in &places {
            // as it was told
            let known = told_files(&way, &settings, &news.saying(usize::MAX, ""));
            for file in known {
                followed(&way, &settings, (&file, "/a"), &mut |letter, step| {
                    let Letter::Http(http) = letter else { panic!("{way:?} fetches otherwise") };
                    let patient = http.patience <= std::time::Duration::from_mins(2);
                    assert!(patient && (http.file == Some(most) || http.file.is_none()), "{way:?}, {} {place}, step {step}", news.name);
                });
                let vast = Answer::Http { status: 200, headers: Vec::new(), body: vec![b'x'; usize::try_from(most).expect("small") + 1] };
                let place = serde_json::json!({ "ok": true, "result": { "file_path": "a/b" }, "url": "https://lookaside.fbsbx.com/a" });
                let place = Answer::Http { status: 200, headers: Vec::new(), body: place.to_string().into_bytes() };
                for so_far in [vec![vast.clone()], vec![place, vast]] {
                    let came = way.connector.fetch(&settings, &file, &so_far);
                    assert!(!matches!(came, Fetching::Here(body) if body.len() as u64 > most), "{way:?}");
                }
            }
        }
    }
}
