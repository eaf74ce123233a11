//! What the providers answer. Each has a form of its own, by which it is known:
//!
//! ```text
//! Twilio     {"sid", "status"}                 or {"code", "message", "more_info", "status"}
//! SMSC.ru    {"id", "cnt"}, {"balance"}        or {"error", "error_code"}
//! Kavenegar  {"return": {"status"}, "entries"}
//! SeeMe      {"result": "OK" | "ERR", "code"}
//! ```

use kernel::{Currency, Price};
use serde_json::Value;

use super::{kavenegar, seeme, smsc, twilio};
use crate::{Account, Answer, Balance, Letter, Sending, Trouble};

pub fn read(letter: &Letter, answer: &Answer) -> Sending {
    let Some((status, body)) = answer.json() else { return answer.without_words() };
    let sending = if body["return"].is_object() {
        kavenegar::answered(&body)
    } else if body["result"].is_string() {
        seeme::answered(letter, &body)
    } else if body.get("error_code").is_some_and(|code| !code.is_null()) && body.get("error").is_some() {
        smsc::refused(&body)
    } else if body["sid"].is_string() || body["more_info"].is_string() || body["code"].is_u64() {
        twilio::answered(answer, status, &body)
    } else if status == 200 && body.get("cnt").is_some() {
        smsc::accepted(&body)
    } else {
        None
    };
    sending.unwrap_or_else(|| answer.without_words())
}

/// Of a question: what went wrong. None: nothing did.
pub fn read_question(answer: &Answer) -> Option<Sending> {
    match read(&Letter::Internal { id: String::new() }, answer) {
        Sending::Accepted { .. } => None,
        other => Some(other),
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    if let Some((200, body)) = answer.json() {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let named = text(&body["friendly_name"]).filter(|name| !name.is_empty());
        if let Some(name) = named.or_else(|| read_balance(answer).map(|_| String::new())) {
            return Ok(Account { name, handle: String::new() });
        }
    }
    match read_question(answer) {
        None | Some(Sending::Accepted { .. }) => Err(Trouble::StrangeAnswer),
        Some(wrong) => match Result::from(wrong) {
            Ok(()) => Err(Trouble::StrangeAnswer),
            Err(trouble) => Err(trouble),
        },
    }
}

/// What is left on the account, in the provider's own currency.
pub fn read_balance(answer: &Answer) -> Option<Balance> {
    let (200, body) = answer.json()? else { return None };
    let (amount, currency) = match &body {
        body if body["return"]["status"] == 200 => (&body["entries"]["remaincredit"], "IRR"),
        body if body["result"] == "OK" => (&body["balance"], "HUF"),
        body => (&body["balance"], body["currency"].as_str().unwrap_or_default()),
    };
    let amount = match amount {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_plain = !amount.is_empty() && amount.len() < 30 && amount.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    let named = currency.len() <= 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_plain && named).then(|| Balance { amount, currency: currency.to_owned() })
}

/// What the message has cost, where the answer to it says so.
pub fn read_price(answer: &Answer) -> Option<Price> {
    let (_, body) = answer.json()?;
    let (price, currency) = if body["return"]["status"] == 200 {
        (&body["entries"][0]["cost"], Currency::Irr)
    } else if body["result"] == "OK" {
        (&body["price"], Currency::Huf)
    } else if body.get("cnt").is_some() {
        (&body["cost"], Currency::Rub)
    } else {
        // a debit: -0.00750
        (&body["price"], body["price_unit"].as_str()?.parse().ok()?)
    };
    let written = match price {
        Value::String(text) => text.trim_start_matches('-').to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Price::read(&written, currency).ok()
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Price};

    use super::*;

    #[test]
    fn what_a_message_has_cost_is_read_where_the_answer_says_so() {
        let table = [
            (include_str!("../../fixtures/sms/answers/200-smsc-sent.json"), Some(Price::new(3_200_000, Currency::Rub))),
            (include_str!("../../fixtures/sms/answers/200-kavenegar-sent.json"), Some(Price::new(120_000_000, Currency::Irr))),
            (include_str!("../../fixtures/sms/answers/200-seeme-sent.json"), Some(Price::new(18_000_000, Currency::Huf))),
            (include_str!("../../fixtures/sms/answers/201-twilio-sent.json"), None),
            (r#"{"sid": "SM1", "price": "-0.00750", "price_unit": "USD"}"#, Some(Price::new(7_500, Currency::Usd))),
            (r#"{"sid": "SM1", "price": "-0.00750", "price_unit": "XAU"}"#, None),
            (r#"{"id": 1, "cnt": 1, "cost": {"a": 1}}"#, None),
        ];
        for (body, price) in table {
            assert_eq!(read_price(&crate::world::http(200, body.as_bytes())), price, "{body}");
        }
    }
}
