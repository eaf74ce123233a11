//! The texts that a channel's provider has approved: their state in words, and what each says for the care bot.

pub mod view;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::playbooks::shipped;
use clinic::staff::Right;
use clinic::templates::{
    ANSWERS, Assigned, Assignment, Button, GENERAL, Gap, Header, Meaning, Part, Quality, State as TemplateState, Template, TemplateName,
};
use clinic::texts::{Kind, Shipped};
use desk::{ActError, Approved, NewAssignment};
use kernel::{Arg, Locale, Refusal};
use store::accounts::Account;

use self::view::{AssignPage, Chosen, MeaningField, Stands, TemplateLine, TextsPage, UseLine};
use super::channels::account;
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults};
use crate::query::{Asked, Filled};
use crate::responder::{shown, shown_as};
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};

/// Letters of a text that stand in a list.
const SHORT: usize = 70;

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = approving(&site, &me, &id).await?;
    let Approved { templates, assigned, looked_at, trouble } = desk::approved_texts(site.desk(), me.actor(), account.id).await?;
    let (words, telling) = (me.words(), me.telling());
    let can_fetch = desk::has_catalogue(&account);
    let fetched = match looked_at {
        Some(at) => words.with("template-fetched", &[("at", Arg::from(telling.at(at)))]),
        None => words.say("template-fetched-never"),
    };
    let trouble = if can_fetch { trouble.map(|trouble| words.say(trouble.key())) } else { Some(words.say("template-no-catalogue")) };
    let view = TextsPage {
        page: me.page(&site, Place::Settings, "settings-title").await?,
        account: account.id.to_string(),
        channel: telling.channel(account.channel),
        fetched,
        trouble,
        can_fetch,
        uses: assigned.iter().map(|known| use_line(words, known)).collect(),
        templates: templates.iter().map(|template| line(words, template)).collect(),
        texts: assignable().map(|key| Choice::new(key, label(words, key))).collect(),
        locales: Choice::choose(Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).into(), me.clinic.locale.code()),
    };
    shown(&view)
}

pub async fn fetch(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = approving(&site, &me, &id).await?;
    desk::fetch_texts(site.desk(), &*site.wire(), me.actor(), account.id).await?;
    Ok(Done::Fetched.go_to(format!("/settings/channels/{}/texts", account.id)))
}

pub async fn choose(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Fault> {
    let account = approving(&site, &me, &id).await?;
    assign_form(&site, &me, &account, (&asked, Faults::default())).await
}

pub async fn assign(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = approving(&site, &me, &id).await?;
    let (text, locale) = subject(&filled)?;
    let of: TemplateName = filled.text("template").parse().map_err(|_: Refusal| Fault::malformed())?;
    let fields = filled.fields();
    let is_gap = |name: &str| ["header-", "body-", "link-"].iter().any(|part| name.starts_with(part));
    let gaps = fields.iter().filter(|(name, _)| is_gap(name)).filter_map(|(name, value)| Some((name.clone(), Meaning::named(value)?)));
    let answers = (0..).map_while(|at| fields.get(&format!("answer-{at}")).cloned());
    let assignment = Some(Assignment { of, gaps: gaps.collect(), answers: answers.collect() });
    let new = NewAssignment { account: account.id, text, locale, assignment };
    match desk::assign_template(site.desk(), me.actor(), new).await {
        Ok(()) => Ok(Done::Saved.go_to(format!("/settings/channels/{}/texts", account.id))),
        Err(ActError::Refused(refusal)) if refusal.code().starts_with("template.") => {
            assign_form(&site, &me, &account, (&filled, Faults::default().and("", me.words().refusal(&refusal)))).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn end(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = approving(&site, &me, &id).await?;
    let (text, locale) = subject(&filled)?;
    desk::assign_template(site.desk(), me.actor(), NewAssignment { account: account.id, text, locale, assignment: None }).await?;
    Ok(Done::Removed.go_to(format!("/settings/channels/{}/texts", account.id)))
}

/// An account whose provider approves texts.
async fn approving(site: &Site, me: &SignedIn, id: &str) -> Result<Account, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    account(site, me, id).await.and_then(|account| if desk::approves_texts(&account) { Ok(account) } else { Err(Fault::not_found()) })
}

/// Which text, in which language.
fn subject(form: &Filled) -> Result<(String, Locale), Fault> {
    let locale = Locale::ALL.into_iter().find(|locale| locale.code() == form.text("locale")).ok_or(Fault::malformed())?;
    let text = assignable().find(|key| *key == form.text("text")).ok_or(Fault::malformed())?;
    Ok((text.to_owned(), locale))
}

async fn assign_form(site: &Site, me: &SignedIn, account: &Account, (form, faults): (&Filled, Faults)) -> Result<Response, Fault> {
    let (text, locale) = subject(form)?;
    let words = me.words();
    let Approved { templates, assigned, .. } = desk::approved_texts(site.desk(), me.actor(), account.id).await?;
    let stood = assigned.into_iter().find(|known| known.text == text && known.locale == locale);
    let fitting: Vec<&Template> =
        templates.iter().filter(|template| template.locale() == Some(locale) && template.can_be_filled()).collect();
    let known = || stood.as_ref().map(|known| known.assignment.of.to_string());
    let wanted = form.some("template").map(str::to_owned).or_else(known).unwrap_or_default();
    let chosen = fitting.iter().find(|template| template.called().to_string() == wanted);
    let before = stood.as_ref().map(|known| &known.assignment).filter(|known| known.of.to_string() == wanted);
    let choice = |template: &&Template| {
        let called = template.called();
        Choice::new(called.to_string(), format!("{} · {}", called, words.say(template.state.key())))
    };
    let view = AssignPage {
        page: me.page(site, Place::Settings, "settings-title").await?,
        account: account.id.to_string(),
        channel: me.telling().channel(account.channel),
        templates: Choice::choose(fitting.iter().map(choice).collect(), &wanted),
        chosen: chosen.map(|template| chosen_view(words, template, (&text, locale), (form, before))),
        text: (text.clone(), label(words, &text)),
        locale: (locale.code().to_owned(), locale.own_name().to_owned()),
        stands: if stood.is_some() { Stands::Assigned } else { Stands::New },
        faults: faults.clone(),
    };
    shown_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// What was typed stands first, then what was assigned before, then what is most likely meant.
fn chosen_view(
    words: Words,
    template: &Template,
    (text, locale): (&str, Locale),
    (form, before): (&Filled, Option<&Assignment>),
) -> Chosen {
    let meanings = Meaning::of_text(text);
    let name_of = |meaning: Meaning| match meaning {
        Meaning::Words => words.say("template-meaning-words"),
        Meaning::Named(placeholder) => words.say(&format!("placeholder-{}", placeholder.name().replace('_', "-"))),
    };
    let gap = |gap: Gap| {
        let key = gap.key();
        let fits = |meaning: &&Meaning| match (gap.part, **meaning) {
            (Part::Link(_), Meaning::Named(placeholder)) => placeholder.kind() == Kind::Link,
            (Part::Link(_), Meaning::Words) => false,
            (Part::Header | Part::Body, _) => true,
        };
        let guessed = Meaning::named(&gap.name).map(Meaning::name).unwrap_or_default();
        let known = before.and_then(|before| before.gaps.get(&key)).map(|meaning| meaning.name());
        let chosen = form.some(&key).map_or_else(|| known.unwrap_or(guessed).to_owned(), str::to_owned);
        let choices = meanings.iter().filter(fits).map(|meaning| Choice::new(meaning.name(), name_of(*meaning)));
        let label = match gap.part {
            Part::Link(place) => words.with("template-gap-link", &[("label", Arg::from(label_at(template, place)))]),
            Part::Header | Part::Body if gap.is_numbered() => words.with("template-gap", &[("name", Arg::from(words.digits(&gap.name)))]),
            Part::Header | Part::Body => words.with("template-gap", &[("name", Arg::from(gap.name.clone()))]),
        };
        MeaningField { name: key, label, choices: with_nothing(words, choices.collect(), &chosen) }
    };
    let answer = |(at, said): (usize, &str)| {
        let field = format!("answer-{at}");
        let same = |code: &&&str| Words::of(locale).say(&format!("button-{code}")) == said.trim();
        let guessed = ANSWERS.iter().find(same).copied().unwrap_or_default();
        let known = before.and_then(|before| before.answers.get(at)).map(String::as_str);
        let chosen = form.some(&field).or(known).unwrap_or(guessed).to_owned();
        let choices = ANSWERS.iter().map(|code| Choice::new(*code, words.say(&format!("button-{code}"))));
        let label = words.with("template-answer", &[("label", Arg::from(said.to_owned()))]);
        MeaningField { name: field, label, choices: with_nothing(words, choices.collect(), &chosen) }
    };
    Chosen {
        template: template.called().to_string(),
        line: line(words, template),
        gaps: template.gaps().into_iter().map(gap).collect(),
        answers: template.answers().into_iter().enumerate().map(answer).collect(),
    }
}

fn with_nothing(words: Words, choices: Vec<Choice>, chosen: &str) -> Vec<Choice> {
    let nothing = Choice::new("", words.say("template-meaning-none"));
    Choice::choose(std::iter::once(nothing).chain(choices).collect(), chosen)
}

fn label_at(template: &Template, place: usize) -> String {
    template.buttons.get(place).map(|button| button.label().to_owned()).unwrap_or_default()
}

/// Whatever the playbooks say, and everything else.
fn assignable() -> impl Iterator<Item = &'static str> {
    let said = |key: &str| shipped().iter().any(|(script, _)| script.texts().iter().any(|(_, said)| *said == key));
    let texts = clinic::texts::SHIPPED.iter().map(|text| text.key).filter(move |key| said(key));
    std::iter::once(GENERAL).chain(texts)
}

/// 'Reminder: We expect you on …'
fn label(words: Words, key: &str) -> String {
    let Some(text) = Shipped::of(key) else { return words.say("template-text-general") };
    let named = |name: &str| words.known(&format!("placeholder-{}", name.replace('_', "-"))).map(|name| format!("[{name}]"));
    let source = text.source(words.locale());
    let mut said = String::new();
    let mut rest = source.as_str();
    while let Some((before, after)) = rest.split_once("{ $") {
        let Some((name, behind)) = after.split_once(" }") else { break };
        said.push_str(before);
        said.push_str(&named(name).unwrap_or_default());
        rest = behind;
    }
    said.push_str(rest);
    let plain = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = plain.chars().take(SHORT).collect();
    if short.len() < plain.len() { format!("{}…", short.trim_end()) } else { short }
}

fn use_line(words: Words, known: &Assigned) -> UseLine {
    let chip = match &known.template {
        Some(template) => state_chip(words, &template.state),
        None => Chip::new(Tone::Bad, words.say("template-state-gone")),
    };
    UseLine {
        says: label(words, &known.text),
        text: known.text.clone(),
        locale: known.locale.code().to_owned(),
        language: known.locale.own_name().to_owned(),
        template: known.assignment.of.name.clone(),
        chip,
    }
}

fn state_chip(words: Words, state: &TemplateState) -> Chip {
    let tone = match state {
        TemplateState::Approved => Tone::Good,
        TemplateState::Pending => Tone::Wait,
        TemplateState::Paused | TemplateState::Rejected { .. } | TemplateState::Disabled => Tone::Bad,
    };
    Chip::new(tone, words.say(state.key()))
}

pub(crate) fn line(words: Words, template: &Template) -> TemplateLine {
    let rejected = match &template.state {
        TemplateState::Rejected { why } if !why.is_empty() => {
            Some(words.with("template-rejected-why", &[("why", Arg::from(why.replace('_', " ").to_lowercase()))]))
        }
        TemplateState::Rejected { .. }
        | TemplateState::Approved
        | TemplateState::Pending
        | TemplateState::Paused
        | TemplateState::Disabled => None,
    };
    let unfit = || (!template.can_be_filled()).then(|| words.say("template-cannot-be-filled"));
    let quality = match template.quality {
        Quality::Unknown => None,
        Quality::High => Some(Tone::Good),
        Quality::Medium => Some(Tone::Wait),
        Quality::Low => Some(Tone::Bad),
    };
    TemplateLine {
        name: template.name.clone(),
        language: template.locale().map_or_else(|| template.language.clone(), |locale| locale.own_name().to_owned()),
        category: words.say(template.category.key()),
        state: state_chip(words, &template.state),
        quality: quality.map(|tone| Chip::new(tone, words.say(template.quality.key()))),
        why: rejected.or_else(unfit),
        header: match &template.header {
            Header::Words(said) => said.clone(),
            Header::None | Header::File => String::new(),
        },
        body: template.body.clone(),
        footer: template.footer.clone(),
        buttons: template.buttons.iter().map(Button::label).map(str::to_owned).collect(),
    }
}
