//! The units that are exchanged with an SMS centre (SMPP 3.4, chapter 4; a centre of 5.0 reads and writes the same ones): a head of
//! sixteen octets, then the fields of the command, then optional fields by number.
//!
//! A frame that cannot be one ends the session, because nobody knows where the next begins. A unit whose fields are
//! wrong is refused by its number, and the session goes on.

use std::fmt;

use super::fields::{Malformed, Reader, Writer};

const HEAD: usize = 16;
/// No unit that we know is longer.
const LONGEST: usize = 70_000;

/// Numbers of optional fields.
pub mod field {
    pub const RECEIPTED_ID: u16 = 0x001E;
    pub const SAR_REFERENCE: u16 = 0x020C;
    pub const SAR_TOTAL: u16 = 0x020E;
    pub const SAR_NUMBER: u16 = 0x020F;
    pub const PAYLOAD: u16 = 0x0424;
    pub const STATE: u16 = 0x0427;
    /// Of 5.0: how busy the centre is, in hundredths.
    pub const CONGESTION: u16 = 0x0428;
}

/// What an answer says in its head.
pub mod status {
    pub const OK: u32 = 0;
    pub const WRONG_LENGTH: u32 = 0x02;
    pub const UNKNOWN_COMMAND: u32 = 0x03;
    pub const QUEUE_IS_FULL: u32 = 0x14;
    pub const TOO_FAST: u32 = 0x58;
}

const ANSWER: u32 = 0x8000_0000;

#[derive(Clone, PartialEq, Eq)]
pub struct Unit {
    pub status: u32,
    pub sequence: u32,
    pub command: Command,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    Bind {
        role: Role,
        bind: Bind,
    },
    BindAnswer {
        role: Role,
        centre: String,
    },
    Submit(ShortMessage),
    SubmitAnswer {
        id: String,
        congestion: u8,
    },
    Deliver(ShortMessage),
    DeliverAnswer,
    Unbind,
    UnbindAnswer,
    EnquireLink,
    EnquireLinkAnswer,
    /// The other side did not understand.
    Nack,
    /// One that we neither say nor understand.
    Other {
        number: u32,
        octets: Vec<u8>,
    },
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Receiver,
    Transmitter,
    Transceiver,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Bind {
    pub user: String,
    pub password: String,
    pub kind: String,
    pub version: u8,
}

/// A sender or receiver: the kind of its number, the plan it stands in, and itself.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Party {
    pub kind: u8,
    pub plan: u8,
    pub number: String,
}

/// The fields that `submit_sm` and `deliver_sm` have in common.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ShortMessage {
    pub service: String,
    pub from: Party,
    pub to: Party,
    pub class: u8,
    pub protocol: u8,
    pub priority: u8,
    pub schedule: String,
    pub validity: String,
    pub receipt: u8,
    pub replace: u8,
    pub coding: u8,
    pub canned: u8,
    pub text: Vec<u8>,
    pub more: Vec<(u16, Vec<u8>)>,
}

impl Role {
    const fn command(self) -> u32 {
        match self {
            Self::Receiver => 0x01,
            Self::Transmitter => 0x02,
            Self::Transceiver => 0x09,
        }
    }
}

/// Neither words nor numbers.
impl fmt::Debug for ShortMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ShortMessage(class {:#04X}, coding {}, {} octets)", self.class, self.coding, self.words().len())
    }
}

impl ShortMessage {
    pub fn more(&self, number: u16) -> Option<&[u8]> {
        self.more.iter().find(|(known, _)| *known == number).map(|(_, octets)| octets.as_slice())
    }

    /// Its words, wherever they stand.
    pub fn words(&self) -> &[u8] {
        self.more(field::PAYLOAD).filter(|_| self.text.is_empty()).unwrap_or(&self.text)
    }
}

/// A unit as it was cut from the stream.
pub struct Frame {
    command: u32,
    pub status: u32,
    pub sequence: u32,
    body: Vec<u8>,
}

impl Frame {
    /// Cuts the first whole unit off. None: more has to come.
    pub fn cut(stream: &mut Vec<u8>) -> Result<Option<Self>, Malformed> {
        let mut head = Reader::over(stream);
        let Ok(length) = head.four("command_length") else { return Ok(None) };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if !(HEAD..=LONGEST).contains(&length) {
            return Err(Malformed { at: "command_length" });
        }
        if stream.len() < length {
            return Ok(None);
        }
        let (command, status, sequence) = (head.four("command_id")?, head.four("command_status")?, head.four("sequence_number")?);
        let body = stream[HEAD..length].to_vec();
        stream.drain(..length);
        Ok(Some(Self { command, status, sequence, body }))
    }

    pub const fn is_answer(&self) -> bool {
        self.command & ANSWER != 0
    }

    pub fn read(self) -> Result<Unit, Malformed> {
        let mut fields = Reader::over(&self.body);
        let command = match self.command {
            0x01 => Command::Bind { role: Role::Receiver, bind: bind(&mut fields)? },
            0x02 => Command::Bind { role: Role::Transmitter, bind: bind(&mut fields)? },
            0x09 => Command::Bind { role: Role::Transceiver, bind: bind(&mut fields)? },
            0x8000_0001 => Command::BindAnswer { role: Role::Receiver, centre: answered(&mut fields)? },
            0x8000_0002 => Command::BindAnswer { role: Role::Transmitter, centre: answered(&mut fields)? },
            0x8000_0009 => Command::BindAnswer { role: Role::Transceiver, centre: answered(&mut fields)? },
            0x04 => Command::Submit(short_message(&mut fields)?),
            0x8000_0004 => {
                let id = answered(&mut fields)?;
                let congestion = more(&mut fields).unwrap_or_default().into_iter().find(|(number, _)| *number == field::CONGESTION);
                Command::SubmitAnswer { id, congestion: congestion.and_then(|(_, octets)| octets.first().copied()).unwrap_or_default() }
            }
            0x05 => Command::Deliver(short_message(&mut fields)?),
            0x8000_0005 => Command::DeliverAnswer,
            0x06 => Command::Unbind,
            0x8000_0006 => Command::UnbindAnswer,
            0x15 => Command::EnquireLink,
            0x8000_0015 => Command::EnquireLinkAnswer,
            0x8000_0000 => Command::Nack,
            number => Command::Other { number, octets: self.body },
        };
        Ok(Unit { status: self.status, sequence: self.sequence, command })
    }
}

impl Unit {
    pub fn asking(sequence: u32, command: Command) -> Self {
        Self { status: status::OK, sequence, command }
    }

    pub fn write(&self) -> Vec<u8> {
        let mut fields = Writer::default();
        let command = match &self.command {
            Command::Bind { role, bind } => {
                fields.text(&bind.user).text(&bind.password).text(&bind.kind).octet(bind.version);
                // any kind of number, any plan, every address
                fields.octet(0).octet(0).octet(0);
                role.command()
            }
            Command::BindAnswer { role, centre } => {
                fields.text(centre);
                ANSWER | role.command()
            }
            Command::Submit(message) => {
                write_message(&mut fields, message);
                0x04
            }
            Command::SubmitAnswer { id, congestion } => {
                fields.text(id);
                if *congestion > 0 {
                    fields.two(field::CONGESTION).two(1).octet(*congestion);
                }
                ANSWER | 0x04
            }
            Command::Deliver(message) => {
                write_message(&mut fields, message);
                0x05
            }
            Command::DeliverAnswer => {
                fields.octet(0);
                ANSWER | 0x05
            }
            Command::Unbind => 0x06,
            Command::UnbindAnswer => ANSWER | 0x06,
            Command::EnquireLink => 0x15,
            Command::EnquireLinkAnswer => ANSWER | 0x15,
            Command::Nack => ANSWER,
            Command::Other { number, octets } => {
                fields.octets(octets);
                *number
            }
        };
        let body = fields.finish();
        let length = u32::try_from(HEAD + body.len()).expect("a unit that we write is short");
        fields.four(length).four(command).four(self.status).four(self.sequence).octets(&body);
        fields.finish()
    }
}

fn bind(fields: &mut Reader<'_>) -> Result<Bind, Malformed> {
    let (user, password, kind) = (fields.text("system_id")?, fields.text("password")?, fields.text("system_type")?);
    Ok(Bind { user, password, kind, version: fields.octet("interface_version")? })
}

/// The text of an answer. One that refuses has often none.
fn answered(fields: &mut Reader<'_>) -> Result<String, Malformed> {
    if fields.is_empty() { Ok(String::new()) } else { fields.text("message_id") }
}

fn party(fields: &mut Reader<'_>) -> Result<Party, Malformed> {
    Ok(Party { kind: fields.octet("addr_ton")?, plan: fields.octet("addr_npi")?, number: fields.text("addr")? })
}

fn short_message(fields: &mut Reader<'_>) -> Result<ShortMessage, Malformed> {
    let mut message = ShortMessage {
        service: fields.text("service_type")?,
        from: party(fields)?,
        to: party(fields)?,
        class: fields.octet("esm_class")?,
        protocol: fields.octet("protocol_id")?,
        priority: fields.octet("priority_flag")?,
        schedule: fields.text("schedule_delivery_time")?,
        validity: fields.text("validity_period")?,
        receipt: fields.octet("registered_delivery")?,
        replace: fields.octet("replace_if_present_flag")?,
        coding: fields.octet("data_coding")?,
        canned: fields.octet("sm_default_msg_id")?,
        ..ShortMessage::default()
    };
    let length = usize::from(fields.octet("sm_length")?);
    message.text = fields.octets(length, "short_message")?.to_vec();
    message.more = more(fields)?;
    Ok(message)
}

fn more(fields: &mut Reader<'_>) -> Result<Vec<(u16, Vec<u8>)>, Malformed> {
    let mut found = Vec::new();
    while !fields.is_empty() {
        let (number, length) = (fields.two("tag")?, fields.two("length")?);
        found.push((number, fields.octets(usize::from(length), "value")?.to_vec()));
    }
    Ok(found)
}

fn write_message(fields: &mut Writer, message: &ShortMessage) {
    fields.text(&message.service);
    for Party { kind, plan, number } in [&message.from, &message.to] {
        fields.octet(*kind).octet(*plan).text(number);
    }
    fields.octet(message.class).octet(message.protocol).octet(message.priority);
    fields.text(&message.schedule).text(&message.validity);
    fields.octet(message.receipt).octet(message.replace).octet(message.coding).octet(message.canned);
    let text = &message.text[..message.text.len().min(255)];
    fields.octet(u8::try_from(text.len()).expect("cut to what fits")).octets(text);
    for (number, octets) in &message.more {
        let octets = &octets[..octets.len().min(usize::from(u16::MAX))];
        fields.two(*number).two(u16::try_from(octets.len()).expect("cut to what fits")).octets(octets);
    }
}
