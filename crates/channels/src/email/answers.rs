//! What the mail server answers. Its sentences may quote the address, so only the codes are kept: `550 5.1.1`.

use std::time::Duration;

use crate::{Account, Answer, Letter, MailStage, MailboxAnswer, Sending, Trouble};

/// Greylisting wants a pause of minutes.
const SOON: Duration = Duration::from_mins(5);
/// A full mailbox is not emptied in minutes.
const MAILBOX_FULL: Duration = Duration::from_hours(1);

/// How old servers say that there is no such mailbox, without a code for it.
const NOBODY: [&str; 14] = [
    "no such user",
    "no such mailbox",
    "no such recipient",
    "no mailbox",
    "user unknown",
    "unknown user",
    "recipient unknown",
    "unknown recipient",
    "mailbox not found",
    "user not found",
    "does not exist",
    "doesn't exist",
    "invalid mailbox",
    "account is disabled",
];

pub fn read(letter: &Letter, answer: &Answer) -> Sending {
    let (stage, code, text) = match answer {
        Answer::NotSent(reason) => return Sending::not_sent(*reason),
        Answer::Broken | Answer::Http { .. } | Answer::Mailbox(_) | Answer::Centre(_) | Answer::Exchange(_) | Answer::Internal { .. } => {
            return Sending::Uncertain;
        }
        Answer::Mail { stage, code, text } => (*stage, *code, text.as_str()),
    };
    match (code, stage) {
        (250, MailStage::Dot) => Sending::Accepted { ids: ids(letter) },
        (400..500, _) => postponed(code, text),
        (500..600, _) => refused(stage, code, text),
        (_, MailStage::Dot) => Sending::Uncertain,
        // Anything else before the dot: the message was never handed over.
        _ => Sending::Later { after: SOON, why: Trouble::StrangeAnswer },
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    match answer {
        Answer::Mail { stage: MailStage::Check, code: 200..300, .. } | Answer::Mailbox(MailboxAnswer::Open) => Ok(Account::default()),
        Answer::Mail { stage, code, text } => match refused(*stage, *code, text) {
            _ if (400..500).contains(code) => Err(Trouble::Overloaded),
            Sending::AccountBroken { why, .. } | Sending::Refused { why, .. } | Sending::Later { why, .. } => Err(why),
            Sending::Accepted { .. } | Sending::Stopped | Sending::Uncertain => Err(Trouble::StrangeAnswer),
        },
        Answer::NotSent(reason) => Err(reason.trouble()),
        Answer::Broken => Err(Trouble::Interrupted),
        Answer::Mailbox(_) => Err(Trouble::Incoming),
        Answer::Http { .. } | Answer::Centre(_) | Answer::Exchange(_) | Answer::Internal { .. } => Err(Trouble::StrangeAnswer),
    }
}

fn ids(letter: &Letter) -> Vec<String> {
    match letter {
        Letter::Mail(mail) => vec![mail.message_id.clone()],
        Letter::Http(_) | Letter::MailCheck(_) | Letter::Mailbox(_) | Letter::Centre(_) | Letter::Exchange(_) | Letter::Internal { .. } => {
            Vec::new()
        }
    }
}

fn postponed(code: u16, text: &str) -> Sending {
    if code == 452 || enhanced(text) == Some("4.2.2") {
        return Sending::Later { after: MAILBOX_FULL, why: Trouble::MailboxFull };
    }
    Sending::Later { after: SOON, why: Trouble::Overloaded }
}

fn refused(stage: MailStage, code: u16, text: &str) -> Sending {
    let enhanced = enhanced(text);
    let code_text = enhanced.map_or_else(|| code.to_string(), |enhanced| format!("{code} {enhanced}"));
    let broken = |why| Sending::AccountBroken { code: code_text.clone(), why };
    let refused = |why| Sending::Refused { code: code_text.clone(), why };
    match stage {
        MailStage::SignIn => broken(Trouble::Unauthorized),
        MailStage::Check => broken(Trouble::Other),
        // Asks for a sign-in (530), or the account may not use this sender.
        MailStage::Sender | MailStage::Recipient if code == 530 => broken(Trouble::Unauthorized),
        MailStage::Sender if code == 552 || enhanced == Some("5.3.4") => refused(Trouble::TooLong),
        MailStage::Greeting | MailStage::Sender => broken(Trouble::Policy),
        MailStage::Recipient | MailStage::Data | MailStage::Dot => refused(why(stage, code, text)),
    }
}

/// By the code of RFC 3463 where there is one, else by that of RFC 5321.
fn why(stage: MailStage, code: u16, text: &str) -> Trouble {
    match enhanced(text) {
        Some("5.2.2") => return Trouble::MailboxFull,
        Some("5.3.4" | "5.2.3") => return Trouble::TooLong,
        // our own address is what they do not like
        Some("5.1.7" | "5.1.8") => return Trouble::Policy,
        Some(status) if status.starts_with("5.1.") => return Trouble::NoSuchRecipient,
        Some(status) if status.starts_with("5.7.") => return Trouble::Policy,
        Some(_) | None => {}
    }
    match (stage, code) {
        (MailStage::Recipient, 552) => Trouble::MailboxFull,
        (MailStage::Recipient, 551 | 553) => Trouble::NoSuchRecipient,
        // the same number stands for a mailbox that is gone and for a sender who is not liked
        (MailStage::Recipient | MailStage::Dot, 550) if says_nobody(text) => Trouble::NoSuchRecipient,
        (_, 552) => Trouble::TooLong,
        (_, 550 | 554) => Trouble::Policy,
        _ => Trouble::Other,
    }
}

fn says_nobody(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    NOBODY.iter().any(|words| text.contains(words))
}

/// `5.1.1` at the beginning of the sentence.
fn enhanced(text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?;
    let parts: Vec<_> = word.split('.').collect();
    let numbers = parts.iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    (parts.len() == 3 && numbers).then_some(word)
}
