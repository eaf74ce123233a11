//! The acts of the desk, one file each, and the loops that run them.
//!
//! An act reads the time once, opens one transaction, loads, asks the domain, saves, appends what happened and commits.
//! What happened starts and stops playbooks within the same transaction ([`act`]); a message is only ever written to the
//! outbox; the network is touched by the loops alone, between transactions.
//!
//! To add an act: one file with one public function that calls [`Desk::act`] or [`Desk::look`].

mod access;
mod act;
mod add_staff;
mod book_visit;
mod bot;
mod calls;
mod change_password;
mod change_staff;
mod clocks;
mod connect_channel;
mod connected;
mod error;
mod files;
mod find_slots;
mod give_consent;
mod health;
mod import_journal;
mod ladder_reach;
mod link_conversation;
mod mark_visit;
mod move_visit;
mod pace;
mod receive;
mod release_message;
mod reply;
mod save_chair;
mod save_clinic;
mod save_ladder;
mod save_patient;
mod save_service;
mod save_text;
mod session;
mod set_up;
mod settle_task;
mod sign_in;
mod sign_out;
mod standing;
mod switch_playbook;
mod templates;
mod tend_contact;
mod tend_conversation;
mod trial_message;
mod unsubscribe;
mod visit_page;
mod whereabouts;

pub mod chat;
pub mod import;
pub mod loops;
pub mod wire;

pub use access::Session;
pub use act::{Act, Desk, Parts};
pub use add_staff::{StaffCard, add_staff};
pub use book_visit::book_visit;
pub use bot::threads::token_hash;
pub use calls::{Whom, can_ring, can_ring_up, ring_up, sit_at, try_to_ring};
pub use change_password::change_password;
pub use change_staff::{StaffChange, change_staff};
pub use channels::{
    Arriving, Call, DnsRecord, Kind, Letter, Method, Need, Reply, Sending, SettingFault, SettingField, SettingWrong, Trouble,
};
/// What the pages need of the channels, raw or as data.
pub use channels::{Aspect, Found, Hook, RecordState, Token};
pub use clocks::{clock_is_wrong_by, mind_clock};
pub use connect_channel::{
    NewAccount, NotConnected, OfferedChannel, balance_of, code_for, connect_channel, has_opening_link, hook_address, hook_template,
    link_patient, offered_channels, opening_link, published, send_trial, switch_account, takes_codes,
};
pub use error::ActError;
pub use files::{
    LARGEST_ENCLOSED, LARGEST_TOGETHER, NotKept, enclose_file, keep_file, megabytes, open_file, open_linked_file, read_file, read_preview,
    takes_files,
};
pub use find_slots::find_slots;
pub use give_consent::{give_consent, refuse_consent, withdraw_consent};
pub use health::{Broken, Health, TriedAgain, Unsaved, tried_again};
pub use import_journal::{Count, Journal, NewNames, Preview, Progress, Taken, import_journal, preview_journal};
pub use ladder_reach::{LadderChannel, LadderReach, Looked, RungReach, Unreached, is_paid_for, ladder_channels, ladder_reach, unreached};
pub use link_conversation::link_conversation;
pub use mark_visit::{Seen, VisitMark, mark_visit};
pub use move_visit::move_visit;
pub use receive::{Received, receive, receive_call, receive_call_at, settings_of};
pub use release_message::{release_message, resolve_message};
pub use reply::{Answer, reply};
pub use save_chair::save_chair;
pub use save_clinic::save_clinic;
pub use save_ladder::{LadderChange, save_ladder, save_prices};
pub use save_patient::{add_patient, change_patient};
pub use save_service::{ServiceCard, save_service};
pub use save_text::{NotSaved, reset_text, save_text};
pub use session::{Signed, session};
pub use set_up::{FirstClinic, Owner, SetUp, set_up, set_up_code};
pub use settle_task::settle_task;
pub use sign_in::{Credentials, sign_in};
pub use sign_out::sign_out;
pub use standing::{
    AccountHealth, Certificate, SOON, SetAgain, Standing, Whose, account_health, check_record, check_standing, set_again, standing_of,
};
pub use switch_playbook::{Switched, switch_playbook};
pub use templates::{Approved, NewAssignment, approved_texts, approves_texts, assign_template, fetch_texts, has_catalogue};
pub use tend_contact::{ContactNews, add_contact, tend_contact};
pub use tend_conversation::{Tending, tend_conversation, write_note};
pub use unsubscribe::{Mails, UnsubscribePage, open_unsubscribe_page, unsubscribe};
pub use visit_page::{PageAnswer, VisitPage, Wanted, answer_visit_page, open_visit_page, visit_calendar};
pub use whereabouts::{Finding, declare_restored, drop_message, look_whether_restored, settle_restored};
