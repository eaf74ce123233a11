//! The connected accounts as acts need them: their settings checked once in a transaction, however many messages go their way.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use kernel::AccountId;

use channels::{Connector, Settings};
use store::accounts::Account;
use store::{StoreError, Tx};

use crate::receive::settings_of;

pub(crate) struct Connected {
    pub account: Account,
    pub connector: &'static dyn Connector,
    /// None: nobody can read them any more.
    pub settings: Option<Arc<Settings>>,
}

/// Those whose channel there is, by their names.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Rc<BTreeMap<AccountId, Connected>>, StoreError> {
    store::accounts::infer(tx, &["connected".into()], |accounts| {
        let connected = accounts.into_iter().filter_map(|account| {
            let connector = channels::connector(account.channel)?;
            let settings = settings_of(&account).map(Arc::new);
            Some((account.id, Connected { account, connector, settings }))
        });
        connected.collect()
    })
}
