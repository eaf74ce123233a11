//! Asterisk's manager interface: blocks of `Key: value` lines with an empty line between. We sign in over a challenge, so that the
//! secret itself never goes over the wire.

use std::fmt::Write;

use kernel::Secret;
use md5::{Digest, Md5};

use super::{Manner, Originate, Step};

/// More than any block of an exchange.
const LONGEST_BLOCK: usize = 64 * 1024;
/// What tells of calls. Everything else is passed over on the line.
const NEWS: [&str; 4] = ["Newchannel", "DialEnd", "AgentConnect", "Hangup"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Banner,
    Challenged,
    SigningIn,
    In,
    Over,
}

pub struct Session {
    state: State,
    user: String,
    password: Secret,
    name: String,
    buffer: Vec<u8>,
}

/// One block: its lines, in their order.
pub struct Block<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Block<'a> {
    pub fn read(text: &'a str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(':'));
        Self(lines.map(|(name, value)| (name.trim(), value.trim())).collect())
    }

    /// Names are compared without regard to case; empty where it is not said.
    pub fn field(&self, name: &str) -> &'a str {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

impl Session {
    pub fn begin(manner: &Manner) -> Self {
        let (user, password) = (manner.user.clone(), manner.password.clone());
        Self { state: State::Banner, user, password, name: String::new(), buffer: Vec::new() }
    }

    pub fn received(&mut self, octets: &[u8]) -> Vec<Step> {
        self.buffer.extend_from_slice(octets);
        let mut steps = Vec::new();
        while self.state != State::Over {
            let Some(block) = self.cut() else { break };
            self.read(&block, &mut steps);
        }
        if self.buffer.len() > LONGEST_BLOCK && self.state != State::Over {
            self.state = State::Over;
            steps.push(Step::Over);
        }
        steps
    }

    /// The banner is one line; everything after it ends with an empty one.
    fn cut(&mut self) -> Option<String> {
        let end: &[u8] = if self.state == State::Banner { b"\r\n" } else { b"\r\n\r\n" };
        let at = self.buffer.windows(end.len()).position(|window| window == end)?;
        let block = String::from_utf8_lossy(&self.buffer[..at]).into_owned();
        self.buffer.drain(..at + end.len());
        Some(block)
    }

    fn read(&mut self, text: &str, steps: &mut Vec<Step>) {
        if self.state == State::Banner {
            if !text.starts_with("Asterisk Call Manager") {
                self.state = State::Over;
                return steps.push(Step::Over);
            }
            self.name = text.chars().take(80).collect();
            self.state = State::Challenged;
            return steps.push(said(&[("Action", "Challenge"), ("AuthType", "MD5"), ("ActionID", "challenge")]));
        }
        let block = Block::read(text);
        match (self.state, block.field("Response"), block.field("Event")) {
            (State::Challenged, "Success", _) => {
                let text = format!("{}{}", block.field("Challenge"), self.password.expose());
                let key = hex::encode(Md5::digest(text.as_bytes()));
                self.state = State::SigningIn;
                let user = clean(&self.user);
                let fields = [("Action", "Login"), ("AuthType", "MD5"), ("Username", &user), ("Key", &key), ("Events", "call,agent")];
                steps.push(said(&[&fields[..], &[("ActionID", "login")]].concat()));
            }
            (State::SigningIn, "Success", _) => {
                self.state = State::In;
                steps.push(Step::LetIn { name: self.name.clone() });
            }
            (State::Challenged | State::SigningIn, "Error", _) => {
                self.state = State::Over;
                steps.push(Step::NotLetIn);
            }
            (State::In, "", event) if NEWS.contains(&event) => steps.push(Step::Told(text.to_owned())),
            (State::In, "", "Shutdown") => {
                self.state = State::Over;
                steps.push(Step::Over);
            }
            (State::In, response @ ("Success" | "Error"), _) => {
                if let Some(ticket) = block.field("ActionID").strip_prefix("ring-").and_then(|ticket| ticket.parse().ok()) {
                    let taken = if response == "Success" { Ok(()) } else { Err(block.field("Message").chars().take(80).collect()) };
                    steps.push(Step::Answered { ticket, taken });
                }
            }
            _ => {}
        }
    }

    pub fn ping(&mut self) -> Vec<Step> {
        if self.state == State::In { vec![said(&[("Action", "Ping")])] } else { Vec::new() }
    }

    pub fn originate(ticket: u64, originate: &Originate) -> Vec<Step> {
        let Originate { from, to, context, name } = originate;
        let ticket = format!("ring-{ticket}");
        vec![said(&[
            ("Action", "Originate"),
            ("ActionID", &ticket),
            ("Channel", &clean(from)),
            ("Exten", &clean(to)),
            ("Context", &clean(context)),
            ("Priority", "1"),
            ("CallerID", &clean(to)),
            ("ChannelId", &clean(name)),
            ("Timeout", "30000"),
            ("Async", "true"),
        ])]
    }
}

/// A line break in a value would be a line of its own.
fn clean(value: &str) -> String {
    value.chars().filter(|sign| !sign.is_control()).collect()
}

fn said(fields: &[(&str, &str)]) -> Step {
    let mut block = String::new();
    for (name, value) in fields {
        write!(block, "{name}: {value}\r\n").expect("writing to a string");
    }
    Step::Say((block + "\r\n").into_bytes())
}
