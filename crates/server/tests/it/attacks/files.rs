//! Files that came in by any channel, and what a browser is told of them.

use std::sync::Arc;

use channels::trial::{News, Shown, shown};
use channels::{Arrival, Event};
use clinic::conversations::Said;
use desk::loops::fetch_files;
use kernel::{Address, Timestamp};
use store::conversations::NEWEST;

use super::{Door, Same, open, pages};
use crate::pages::counter::Browser;
use crate::stories::channels::signed_in;
use crate::world::{World, told};

const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>";
const PAGE: &[u8] = b"<!doctype html><script>alert(1)</script>";
const PAPER: &[u8] = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF";
/// By its end it seems to be something else.
const NAME: &str = "\u{202e}gpj.\u{2066}tooth\u{200b}<img src=x onerror=alert(1)>.svg";

/// What it tells of files, each under a name that deceives, where files have names there.
fn told_of(door: &Door, world: &World) -> Vec<Arrival> {
    let at = world.desk.now();
    let read = |news: &News| door.read(world, &door.way.told(&door.settings, news, at));
    let is_file = |arrival: &Arrival| matches!(&arrival.event, Event::Message { said: Said::Media { file: Some(_), .. }, .. });
    let is_named = |arrival: &Arrival| shown(&arrival.event).iter().any(|(kind, said)| *kind == Shown::FileName && said.contains("tooth"));
    let mut told = Vec::new();
    for news in door.way.news(&door.settings, at) {
        let named = (0..news.places().len()).flat_map(|place| read(&news.saying(place, NAME))).find(|arrival| is_named(arrival));
        told.extend(named.or_else(|| read(&news).into_iter().find(is_file)));
    }
    for (number, arrival) in told.iter_mut().enumerate() {
        arrival.repeat_key = format!("file {number}");
        let Event::Message { provider_key, said: Said::Media { file: Some(file), .. }, .. } = &mut arrival.event else { continue };
        *provider_key = format!("file-{number}");
        if let (true, Some(host)) = (file.reference.starts_with("https://"), door.way.connector.card().files.hosts.last()) {
            file.reference = format!("https://cdn.{host}/{number}");
        }
    }
    told
}

#[test]
fn t_c2_no_file_of_any_channel_is_shown_as_a_page_whatever_it_calls_itself() {
    told(async |world| {
        let [doors, _] = open(&world).await;
        let mut opened = Vec::new();
        for (number, door) in doors.iter().enumerate() {
            let told = told_of(door, &world);
            let senders: Vec<Address> = told
                .iter()
                .filter_map(|arrival| if let Event::Message { from, .. } = &arrival.event { Some(from.clone()) } else { None })
                .collect();
            desk::receive(&world.desk, door.account, door.way.channel(), told).await.unwrap();
            let wire = Arc::new(Same([SVG, PAGE, PAPER][number % 3].to_vec()));
            while fetch_files(&world.desk, &*wire).await.unwrap() > 0 {}
            let mut owner = Browser::signed_in(pages(&world, wire), signed_in(&world).await);
            if let Some(sender) = senders.first()
                && expect_none_is_a_page(&world, &mut owner, &door.way.name(), sender.clone()).await > 0
            {
                opened.push(door.way.name());
            }
        }
        // the others bring no files; those of mails come out of the mailbox, and those of the website were looked at before
        assert_eq!(opened, ["telegram", "bale", "whatsapp", "messenger", "vk", "max", "viber", "sms-twilio"]);
    });
}

/// How many files of the thread there were.
async fn expect_none_is_a_page(world: &World, owner: &mut Browser, way: &str, sender: Address) -> usize {
    let find = move |tx: &mut store::Tx<'_>, _: Timestamp| {
        let known = store::patients::contacts_at(tx, &sender)?.first().map(|contact| contact.patient);
        Ok(match known {
            Some(patient) => store::conversations::of_patient(tx, patient)?,
            None => store::conversations::with_unknown(tx, &sender)?,
        })
    };
    let thread = world.desk.look(find).await.unwrap().unwrap_or_else(|| panic!("{way}: nobody has written"));
    let page = owner.get(&format!("/inbox/{}", thread.id)).await;
    assert_eq!(page.status.as_u16(), 200, "{way}");
    let turning = |sign: char| matches!(sign, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let names = page.texts(".paper, .lost, .picture").join(" ");
    assert!(!names.contains(turning), "{way}: {names:?}");
    let find = move |tx: &mut store::Tx<'_>, _: Timestamp| {
        Ok(store::conversations::inbound_of(tx, thread.id, NEWEST, 20)?.into_iter().map(|inbound| inbound.id).collect::<Vec<_>>())
    };
    let mut opened = 0;
    for message in world.desk.look(find).await.unwrap() {
        for path in [format!("/messages/{message}/files/0"), format!("/messages/{message}/files/0/preview")] {
            let answer = owner.listen(&path).await;
            let said = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
            if answer.status().as_u16() != 200 {
                continue;
            }
            opened += 1;
            let kind = said("content-type");
            let is_drawn = ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&kind.as_str());
            assert!(is_drawn || kind == "application/octet-stream" || kind == "application/pdf", "{way} {path}: {kind}");
            assert!(is_drawn || said("content-disposition").starts_with("attachment"), "{way} {path}: {}", said("content-disposition"));
            assert!(!said("content-disposition").contains(['\r', '\n', '<']), "{way} {path}");
            assert_eq!(said("x-content-type-options"), "nosniff", "{way} {path}");
            assert!(said("content-security-policy").contains("sandbox"), "{way} {path}");
        }
    }
    opened
}
