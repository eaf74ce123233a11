//! What can be booked is added, changed or no longer offered.

use kernel::{ChairId, ClinicId, Refusal, ServiceId, StaffId};

use clinic::actors::{Actor, Origin};
use clinic::services::{Offered, Service};
use clinic::staff::{Provides, Right};

use crate::{Act, ActError, Desk};

/// A service as the form was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceCard {
    pub clinic: ClinicId,
    pub name: String,
    pub minutes: u32,
    pub buffer_minutes: u32,
    pub providers: Vec<StaffId>,
    pub chairs: Vec<ChairId>,
    pub preparation: String,
    pub offered: Offered,
}

/// Without an id it is a new one. Visits that are booked keep their length.
pub async fn save_service(desk: &Desk, by: Actor, id: Option<ServiceId>, card: ServiceCard) -> Result<Service, ActError> {
    by.may(Right::ChangeSettings)?;
    let new = ServiceId::new(desk.now(), &mut desk.chance());
    let ServiceCard { clinic, name, minutes, buffer_minutes, providers, chairs, preparation, offered } = card;
    let service =
        Service { id: id.unwrap_or(new), clinic, name, minutes, buffer_minutes, providers, chairs, preparation, offered }.checked()?;
    desk.act(by, Origin::Desk, move |act| {
        if id.is_some() {
            let before = store::clinics::service(act.tx, service.id)?;
            before.filter(|before| before.clinic == service.clinic).ok_or_else(ActError::not_found)?;
        }
        act.is_of_the_clinic(&service)?;
        store::clinics::save_service(act.tx, &service)?;
        act.tx.touch("journal");
        Ok(service.clone())
    })
    .await
}

impl Act<'_, '_> {
    /// Whom and what the service names works and stands in this clinic.
    fn is_of_the_clinic(&mut self, service: &Service) -> Result<(), ActError> {
        store::clinics::clinic(self.tx, service.clinic)?.ok_or_else(ActError::not_found)?;
        let staff = store::staff::all(self.tx)?;
        let provides = |id: &StaffId| {
            staff.iter().any(|member| member.id == *id && member.clinic == service.clinic && member.provides == Provides::Treatment)
        };
        if !service.providers.iter().all(provides) {
            return Err(Refusal::new("service.providers").at("providers").into());
        }
        let chairs = store::clinics::chairs(self.tx, service.clinic)?;
        if !service.chairs.iter().all(|id| chairs.iter().any(|chair| chair.id == *id)) {
            return Err(Refusal::new("service.chairs").at("chairs").into());
        }
        Ok(())
    }
}
