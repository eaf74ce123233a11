//! Each channel through the real pages, hooks and wire: connected on the settings page, written to, answered, and told what
//! became of the answer. The provider stands on loopback and speaks as the real one does.

mod approved_texts;
mod asterisk;
mod centre;
mod email;
mod fetched;
mod files;
mod max;
mod messenger;
mod provider;
mod sealed;
mod sms;
mod standing;
mod telephone;
mod twilio_library;
mod viber;
mod vk;
mod website;
mod website_files;
mod whatsapp;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use clinic::actors::{Actor, Channel, Origin};
use clinic::conversations::{Conversation, Said};
use clinic::gate::Timing;
use clinic::outbox::{Outbound, OutboundState};
use clinic::staff::{Role, StaffMember};
use desk::loops::Dispatcher;
use desk::wire::Network;
use kernel::{AccountId, Address, SessionId, Timestamp};
use store::conversations::NEWEST;
use store::staff::NewSession;

use self::provider::Provider;
use crate::pages::counter::{Browser, Page};
use crate::world::World;

/// What the clinic answers.
const ANSWER: &str = "Of course, we look forward to it.";

/// One connected account, from both of its ends.
struct Line {
    world: World,
    provider: Provider,
    dispatcher: Dispatcher,
    wire: Arc<Network>,
    owner: Browser,
    channel: Channel,
    account: AccountId,
    /// The page that came after the account was connected.
    page: Page,
}

impl Line {
    /// The owner fills in the form of the settings page. `more` are the fields beside the server's address.
    async fn connected(world: World, channel: Channel, provider: Provider, more: &[(&str, &str)]) -> Self {
        world.opens_pages().await;
        Self::connected_out_of_reach(world, channel, provider, more).await
    }

    /// The same where the clinic has no address at which it could be called.
    async fn connected_out_of_reach(world: World, channel: Channel, provider: Provider, more: &[(&str, &str)]) -> Self {
        let wire = Arc::new(Network::new());
        let site = web::Site::new(web::Parts { desk: world.desk.clone(), wire: wire.clone(), public_url: None });
        let mut owner = Browser::signed_in(web::router(site), signed_in(&world).await);
        let mut fields = vec![("server", provider.url.as_str())];
        fields.extend(more);
        let form = format!("/settings/channels/new/{}", channel.name());
        let connected = filled_in(&mut owner, &form, &form, &fields).await;
        let path = connected.leads_to().split('?').next().unwrap_or_default().to_owned();
        assert!(path.starts_with("/settings/channels/acc_"), "{}: {} {}", channel.name(), connected.status, connected.text());
        let account = path.rsplit('/').next().unwrap().parse().unwrap();
        let page = owner.get(&path).await;
        let dispatcher = Dispatcher::new(world.desk.clone(), wire.clone());
        Self { world, provider, dispatcher, wire, owner, channel, account, page }
    }

    /// The same with an account that the clinic has: what stands in its form is changed.
    async fn changed(world: World, (channel, account): (Channel, AccountId), provider: Provider, fields: &[(&str, &str)]) -> Self {
        let wire = Arc::new(Network::new());
        let site = web::Site::new(web::Parts { desk: world.desk.clone(), wire: wire.clone(), public_url: None });
        let mut owner = Browser::signed_in(web::router(site), signed_in(&world).await);
        let form = format!("/settings/channels/{account}");
        let page = filled_in(&mut owner, &form, &form, fields).await;
        let dispatcher = Dispatcher::new(world.desk.clone(), wire.clone());
        Self { world, provider, dispatcher, wire, owner, channel, account, page }
    }

    fn hook(&self) -> String {
        format!("/hooks/{}/{}", self.channel.name(), self.account)
    }

    /// What stands in a field that is only shown: the address of the hook, a word to be copied.
    fn shown(&self, id: &str) -> String {
        self.page.all(&format!("#{id}"), "value").pop().unwrap_or_default()
    }

    /// The provider calls, with these headers.
    async fn called(&self, headers: &[(&'static str, String)], body: &str) -> Page {
        self.called_at(&self.hook(), headers, body).await
    }

    /// The same at an address with something behind it.
    async fn called_at(&self, path: &str, headers: &[(&'static str, String)], body: &str) -> Page {
        let mut caller = self.owner.clone();
        caller.headers = headers.to_vec();
        caller.headers.push(("content-type", "application/json".to_owned()));
        caller.ask(Method::POST, path, Body::from(body.to_owned())).await
    }

    async fn looked_at(&self, query: &str) -> Page {
        let mut caller = self.owner.clone();
        caller.headers.clear();
        caller.get(&format!("{}?{query}", self.hook())).await
    }

    /// A test message to somebody's own account.
    async fn tries(&mut self, to: &str) -> String {
        let form = format!("/settings/channels/{}", self.account);
        let page = filled_in(&mut self.owner, &form, &format!("{form}/trial"), &[("to", to)]).await;
        page.texts("p[role=status]").join(" ")
    }

    /// The thread of somebody whom nobody knows.
    async fn thread(&self, address: &str) -> Conversation {
        let address: Address = address.parse().unwrap();
        let find = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::with_unknown(tx, &address)?);
        self.world.desk.look(find).await.unwrap().expect("a thread of somebody unknown")
    }

    /// What was heard in it, the oldest first.
    async fn heard(&self, address: &str) -> Vec<Said> {
        let thread = self.thread(address).await.id;
        let find = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::inbound_of(tx, thread, NEWEST, 20)?);
        let mut heard = self.world.desk.look(find).await.unwrap();
        heard.reverse();
        heard.into_iter().map(|inbound| inbound.said).collect()
    }

    /// Somebody at the desk answers, and it goes.
    async fn answers(&self, address: &str) -> Outbound {
        let thread = self.thread(address).await;
        let answer = desk::Answer {
            conversation: thread.id,
            seen: thread.version,
            text: ANSWER.to_owned(),
            channel: None,
            timing: Timing::Polite,
            files: Vec::new(),
        };
        let message = desk::reply(&self.world.desk, self.world.kata(), answer).await.unwrap();
        self.goes().await;
        self.message(&message).await
    }

    /// Everything that waits goes.
    async fn goes(&self) {
        for _ in 0..3 {
            self.dispatcher.round().await.unwrap();
            self.dispatcher.finish().await;
            self.world.pass(Duration::from_secs(2));
        }
    }

    /// How it stands now.
    async fn message(&self, message: &Outbound) -> Outbound {
        let id = message.id;
        self.world.desk.look(move |tx, _| Ok(store::outbound::find(tx, id)?)).await.unwrap().unwrap()
    }

    async fn expect(&self, message: &Outbound, state: &str) {
        let message = self.message(message).await;
        let stands = match message.state {
            OutboundState::Accepted { .. } => "sent",
            OutboundState::Delivered { .. } => "delivered",
            OutboundState::Read { .. } => "read",
            OutboundState::Failed { .. } => "failed",
            OutboundState::Uncertain { .. } => "in doubt",
            _ => "not sent",
        };
        assert_eq!(stands, state, "{:?}, {:?}", message.state, message.why);
    }
}

/// The form of a page, sent with the token that stands in it.
async fn filled_in(owner: &mut Browser, page: &str, form: &str, fields: &[(&str, &str)]) -> Page {
    let token = owner.get(page).await.all("input[name=csrf]", "value").pop().unwrap_or_default();
    let mut fields = fields.to_vec();
    fields.push(("csrf", &token));
    owner.post_without_token(form, &fields).await
}

/// Kata, who runs the clinic in these stories.
pub async fn signed_in(world: &World) -> String {
    let token = world.desk.chance().token();
    let (hash, kata) = (desk::token_hash(&token), world.people.kata);
    let done = world.desk.act(Actor::Program, Origin::Program, move |act| {
        let session = SessionId::new(act.now, &mut act.chance);
        let (created_at, expires_at) = (act.now, act.now + Duration::from_hours(12));
        let email = Some("kata@mosoly.example".to_owned());
        let member = store::staff::find(act.tx, kata)?.expect("Kata works here");
        store::staff::save(act.tx, &StaffMember { email, role: Role::Owner, ..member })?;
        Ok(store::staff::add_session(act.tx, &hash, NewSession { id: session, staff: kata, created_at, expires_at })?)
    });
    done.await.unwrap();
    token
}

fn words(text: &str) -> Said {
    Said::Words(text.to_owned())
}
