//! What a server says: octets become [`Response`]s, flat lists of tokens. Nothing in here nests, so no answer can make it run deep,
//! and whoever says more than [`MOST`] in one answer is not listened to any longer.

use std::fmt;

/// One whole answer, with the mail in it.
const MOST: usize = super::MOST_OF_A_MAIL as usize + 1_000_000;

/// The octets of a connection, cut into answers.
#[derive(Default)]
pub struct Frames {
    octets: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The whole of a line without literals; for sentences that people read.
    line: Vec<u8>,
    pub tokens: Vec<Token>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Token {
    Word(String),
    /// Quoted, or counted in octets.
    Text(Vec<u8>),
    Open,
    Close,
}

/// How a command ended, or what the server greets with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

/// What a server tells by itself, of what we ask for.
#[derive(Clone, PartialEq, Eq)]
pub enum Untagged {
    Capabilities(Vec<String>),
    Exists,
    Found(Vec<u32>),
    Validity(u32),
    Next(u32),
    Mail { uid: u32, size: Option<u32>, arrived: Option<String>, octets: Option<Vec<u8>> },
    Status(Status),
    Other,
}

/// More than one answer may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

impl Frames {
    pub fn received(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// The next whole answer, once it is there.
    pub fn whole(&mut self) -> Result<Option<Response>, TooLong> {
        let Some(end) = end_of_first(&self.octets)? else { return Ok(None) };
        let response = Response::read(&self.octets[..end]);
        self.octets.drain(..end);
        Ok(Some(response))
    }

    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }
}

/// Where the first answer ends: at a line end that no literal follows.
fn end_of_first(octets: &[u8]) -> Result<Option<usize>, TooLong> {
    let mut from = 0;
    loop {
        let Some(length) = octets[from..].iter().position(|octet| *octet == b'\n') else {
            return if octets.len() > MOST { Err(TooLong) } else { Ok(None) };
        };
        let (line, end) = (&octets[from..from + length], from + length + 1);
        let Some(literal) = literal(line) else { return Ok(Some(end)) };
        from = end.checked_add(literal).filter(|from| *from <= MOST).ok_or(TooLong)?;
        if from > octets.len() {
            return Ok(None);
        }
    }
}

/// How many octets follow a line that ends so: `{1042}`.
fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"\r").unwrap_or(line).strip_suffix(b"}")?;
    let start = line.iter().rposition(|octet| *octet == b'{')?;
    let digits = &line[start + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let is_number = !digits.is_empty() && digits.len() <= 10 && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| digits.iter().fold(0_usize, |number, digit| number.saturating_mul(10) + usize::from(digit - b'0')))
}

impl Response {
    fn read(octets: &[u8]) -> Self {
        let first = octets.split(|octet| *octet == b'\n').next().unwrap_or_default();
        let line = first.strip_suffix(b"\r").unwrap_or(first).to_vec();
        Self { line, tokens: tokens(octets) }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at)? {
            Token::Word(word) => Some(word),
            Token::Text(_) | Token::Open | Token::Close => None,
        }
    }

    /// Ends the command of this tag.
    pub fn ends(&self, tag: &str) -> Option<Status> {
        self.word(0).filter(|word| *word == tag).and_then(|_| Status::named(self.word(1)?))
    }

    /// The server waits for us to go on.
    pub fn goes_on(&self) -> bool {
        self.line.first() == Some(&b'+')
    }

    /// The code in square brackets of a status: `AUTHENTICATIONFAILED`. Its sentence may name the mailbox, so it is not kept.
    pub fn code(&self) -> Option<String> {
        let line = String::from_utf8_lossy(&self.line);
        let (_, rest) = line.split_once('[')?;
        let word = rest.split([' ', ']']).next()?;
        let plain = !word.is_empty() && word.len() <= 40 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        plain.then(|| word.to_ascii_uppercase())
    }

    pub fn untagged(&self) -> Untagged {
        if self.word(0) != Some("*") {
            return Untagged::Other;
        }
        let Some(first) = self.word(1) else { return Untagged::Other };
        if let Some(status) = Status::named(first) {
            return self.told(status);
        }
        let words = self.tokens[2..].iter().filter_map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None });
        match (first.to_ascii_uppercase().as_str(), self.word(2).map(str::to_ascii_uppercase).as_deref()) {
            ("CAPABILITY", _) => Untagged::Capabilities(words.map(str::to_ascii_uppercase).collect()),
            ("SEARCH", _) => Untagged::Found(words.filter_map(|word| word.parse().ok()).collect()),
            (_, Some("EXISTS")) => Untagged::Exists,
            (_, Some("FETCH")) => self.mail(),
            _ => Untagged::Other,
        }
    }

    /// `* OK [UIDVALIDITY 3857529045] ...`
    fn told(&self, status: Status) -> Untagged {
        let line = String::from_utf8_lossy(&self.line);
        let inside = line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(inside, _)| inside);
        let mut words = inside.split(' ');
        let name = words.next().unwrap_or_default().to_ascii_uppercase();
        let number = || inside.split(' ').nth(1).and_then(|word| word.parse().ok());
        match (name.as_str(), number()) {
            ("UIDVALIDITY", Some(number)) => Untagged::Validity(number),
            ("UIDNEXT", Some(number)) => Untagged::Next(number),
            ("CAPABILITY", _) => Untagged::Capabilities(words.map(str::to_ascii_uppercase).collect()),
            _ => Untagged::Status(status),
        }
    }

    fn mail(&self) -> Untagged {
        let (mut uid, mut size, mut arrived, mut octets) = (None, None, None, None);
        for pair in self.tokens.windows(2) {
            let Token::Word(name) = &pair[0] else { continue };
            let number = |token: &Token| if let Token::Word(word) = token { word.parse::<u32>().ok() } else { None };
            match (name.to_ascii_uppercase().as_str(), &pair[1]) {
                ("UID", token) => uid = uid.or(number(token)),
                ("RFC822.SIZE", token) => size = size.or(number(token)),
                ("INTERNALDATE", Token::Text(text)) => arrived = Some(String::from_utf8_lossy(text).into_owned()),
                (name, Token::Text(text)) if name.starts_with("BODY[]") => octets = Some(text.clone()),
                _ => {}
            }
        }
        // told unasked about another mail: its flags have changed
        uid.map_or(Untagged::Other, |uid| Untagged::Mail { uid, size, arrived, octets })
    }
}

impl Status {
    fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_str() {
            "OK" => Self::Ok,
            "NO" => Self::No,
            "BAD" => Self::Bad,
            "BYE" => Self::Bye,
            "PREAUTH" => Self::PreAuth,
            _ => return None,
        })
    }
}

fn tokens(octets: &[u8]) -> Vec<Token> {
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(octet) = octets.get(at) {
        match octet {
            b'(' => tokens.push(Token::Open),
            b')' => tokens.push(Token::Close),
            b'"' => {
                let (text, after) = quoted(octets, at + 1);
                tokens.push(Token::Text(text));
                at = after;
                continue;
            }
            b'{' => {
                let end = octets[at..].iter().position(|octet| *octet == b'\n').map_or(octets.len(), |length| at + length);
                if let Some(length) = literal(&octets[at..end]) {
                    let text = octets.get(end + 1..).unwrap_or_default();
                    let text = &text[..length.min(text.len())];
                    tokens.push(Token::Text(text.to_vec()));
                    at = end + 1 + text.len();
                    continue;
                }
            }
            b' ' | b'\r' | b'\n' => {}
            _ => {
                let (word, after) = word(octets, at);
                tokens.push(Token::Word(word));
                at = after;
                continue;
            }
        }
        at += 1;
    }
    tokens
}

fn quoted(octets: &[u8], from: usize) -> (Vec<u8>, usize) {
    let (mut text, mut at) = (Vec::new(), from);
    while let Some(octet) = octets.get(at) {
        match octet {
            b'"' => return (text, at + 1),
            b'\\' => {
                text.extend(octets.get(at + 1));
                at += 2;
            }
            other => {
                text.push(*other);
                at += 1;
            }
        }
    }
    (text, at)
}

/// Up to a space or a bracket, but for what stands in square brackets: `BODY[]<0>`, `BODY[HEADER.FIELDS (TO)]`.
fn word(octets: &[u8], from: usize) -> (String, usize) {
    let (mut at, mut inside) = (from, false);
    while let Some(octet) = octets.get(at) {
        match octet {
            b'[' => inside = true,
            b']' => inside = false,
            b'\r' | b'\n' => break,
            b' ' | b'(' | b')' | b'"' if !inside => break,
            _ => {}
        }
        at += 1;
    }
    // at least one octet, or nobody would ever get past it
    let at = at.max(from + 1).min(octets.len());
    (String::from_utf8_lossy(&octets[from..at]).into_owned(), at)
}

impl fmt::Debug for Response {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Response({} tokens)", self.tokens.len())
    }
}
