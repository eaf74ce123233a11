//! The catalogue of attacks on programs of this kind, through the real server: every way in, from the registry of the channels, with
//! an account at each of two clinics. What is decided before anything is stored is tried beside the channels, in `channels::attacks`
//! and `channels::forged`; each trial is named after its line of the catalogue.
//!
//! A channel or provider that is added is here at once, and the trials beside the channels say what is missing of it.

mod browser;
mod files;
mod replayed;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Method as Verb, Request};
use channels::trial::{Knock, Told, Way, ways};
use channels::{Answer, Arrival, Event, Letter, Method, Settings};
use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::conversations::Said;
use desk::wire::Wire;
use futures_util::future::BoxFuture;
use kernel::{AccountId, ClinicId};
use store::accounts::Account;
use tower::ServiceExt;

use crate::world::{World, account};

/// An account at the end of each way.
pub struct Door {
    pub way: Way,
    pub account: AccountId,
    pub settings: Settings,
}

/// Where the clinic is called.
fn hook(way: &Way, account: AccountId) -> String {
    format!("https://desk.mosoly.example/hooks/{}/{account}", way.channel().name())
}

/// Two clinics, each with an account at every provider; the second one's secrets are others.
async fn open(world: &World) -> [Vec<Door>; 2] {
    let (ours, other) = (world.people.clinic.clone(), world.desk.chance().token());
    let opened = world.desk.act(Actor::Program, Origin::Program, move |act| {
        let theirs = Clinic { id: ClinicId::new(act.now, &mut act.chance), name: "Fogászat".to_owned(), ..ours.clone() };
        store::clinics::save_clinic(act.tx, &theirs)?;
        let mut doors = [Vec::new(), Vec::new()];
        for (clinic, doors) in [ours.id, theirs.id].into_iter().zip(&mut doors) {
            for way in ways() {
                let id = AccountId::new(act.now, &mut act.chance);
                let field = way.secret_field();
                let secret = if field == "token" { "6100000002:BBtrialtrialtrialtrialtrialtrialtri" } else { &other };
                let other: &[(&str, &str)] = if clinic == theirs.id && !field.is_empty() { &[(field, secret)] } else { &[] };
                let settings = way.settings_with(&hook(&way, id), other);
                let stored = settings.to_store();
                let stored: Vec<_> = stored.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let account = Account { name: way.name(), ..account((id, clinic), way.channel(), &stored, act.now) };
                store::accounts::save(act.tx, &account)?;
                doors.push(Door { way, account: id, settings });
            }
        }
        Ok(doors)
    });
    opened.await.unwrap()
}

impl Door {
    /// What it tells, each proven now; what was fetched stands in no call.
    fn tells(&self, world: &World) -> Vec<Told> {
        let at = world.desk.now();
        self.way.news(&self.settings, at).iter().map(|news| self.way.told(&self.settings, news, at)).collect()
    }

    /// As it is read, for what is told without a call. Files that were kept before they are told of are not there in these trials.
    fn read(&self, world: &World, told: &Told) -> Vec<Arrival> {
        let mut arrivals = self.way.read(&self.settings, told, world.desk.now()).unwrap_or_default();
        arrivals.retain(
            |arrival| !matches!(&arrival.event, Event::Message { said: Said::Media { file: Some(file), .. }, .. } if file.kept().is_some()),
        );
        arrivals
    }

    /// It is told: the status of the answer, or nothing where nobody calls.
    async fn told(&self, world: &World, router: &axum::Router, told: &Told) -> u16 {
        match told {
            Told::Called(knock) => self.called(router, knock).await,
            Told::Fetched(..) => {
                desk::receive(&world.desk, self.account, self.way.channel(), self.read(world, told)).await.unwrap();
                200
            }
        }
    }

    /// At the hook of this account.
    async fn called(&self, router: &axum::Router, knock: &Knock) -> u16 {
        let (tail, query) = (knock.tail.as_str(), knock.query.as_str());
        let tail = if tail.is_empty() { String::new() } else { format!("/{tail}") };
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let path = format!("/hooks/{}/{}{tail}{query}", self.way.channel().name(), self.account);
        let verb = if knock.method == Method::Get { Verb::GET } else { Verb::POST };
        let mut request = Request::builder().method(verb).uri(path).body(Body::from(knock.body.clone())).unwrap();
        for (name, value) in &knock.headers {
            request.headers_mut().append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        router.clone().oneshot(request).await.unwrap().status().as_u16()
    }
}

/// A wire on which every machine has the same file, and nothing else.
struct Same(Vec<u8>);

impl Wire for Same {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let place = r#"{"ok":true,"result":{"file_path":"photos/file_7.jpg"},"url":"https://lookaside.fbsbx.com/1"}"#;
        let body = match letter {
            Letter::Http(http) if http.file.is_some() => self.0.clone(),
            _ => place.as_bytes().to_vec(),
        };
        Box::pin(std::future::ready(Answer::Http { status: 200, headers: Vec::new(), body }))
    }
}

fn pages(world: &World, wire: Arc<dyn Wire>) -> axum::Router {
    web::router(web::Site::new(web::Parts { desk: world.desk.clone(), wire, public_url: None }))
}
