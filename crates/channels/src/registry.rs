//! Every channel that is built. One line each.

use clinic::actors::Channel;

use crate::Connector;
use crate::sandbox::Sandbox;
use crate::telegram::{BALE, TELEGRAM};

const CONNECTORS: [&dyn Connector; 3] = [&TELEGRAM, &BALE, &Sandbox];

pub fn registry() -> &'static [&'static dyn Connector] {
    &CONNECTORS
}

/// None: the clinic knows the channel by name, but nobody has built it yet.
pub fn connector(channel: Channel) -> Option<&'static dyn Connector> {
    registry().iter().copied().find(|connector| connector.channel() == channel)
}
