//! Doors and what they let in, on both engines.

use std::sync::Arc;
use std::time::Duration;

use clinic::actors::Actor;
use clinic::services::Offered;
use clinic::staff::{Employed, Provides, Role, StaffMember};
use kernel::{Chance, ClinicId, HandClock, Hours, Locale, PersonName, Secret, Timestamp, Zone};
use store::Store;
use store::trial::both;

use crate::{
    ActError, Credentials, Desk, FirstClinic, Owner, Parts, ServiceCard, Session, SetUp, Signed, StaffCard, StaffChange, add_staff,
    change_password, change_staff, save_chair, save_clinic, save_service, session, set_up, set_up_code, sign_in, sign_out,
};

const NOON: Timestamp = Timestamp::from_seconds(1_795_000_000);
const OLGA: &str = "olga@mosoly.example";
const KATA: &str = "kata@mosoly.example";
const SPOONS: &str = "három zöld kanál";
const FORKS: &str = "négy kék villa áll";

/// A clinic with its owner Olga and Kata at the desk.
struct World {
    desk: Desk,
    clock: Arc<HandClock>,
    olga: Signed,
    olga_token: Secret,
    kata: StaffMember,
}

fn new_desk(store: Store, seed: u64) -> (Desk, Arc<HandClock>) {
    let clock = Arc::new(HandClock::at(NOON));
    let parts = Parts { store, clock: Arc::clone(&clock) as _, chance: Chance::from_seed(seed), node: format!("node {seed}") };
    (Desk::new(parts), clock)
}

async fn form(desk: &Desk, email: &str) -> SetUp {
    SetUp {
        code: set_up_code(desk).await.unwrap().unwrap(),
        organisation: "Mosoly Kft.".to_owned(),
        clinic: FirstClinic {
            name: "Mosoly".to_owned(),
            zone: Zone::named("Europe/Budapest").unwrap(),
            locale: Locale::Hu,
            address: "Budapest".to_owned(),
            region: "HU".to_owned(),
            hours: "mon-fri 09:00-18:00".parse().unwrap(),
            public_url: None,
        },
        owner: Owner {
            name: PersonName::new("Olga", "Nagy").unwrap(),
            email: email.to_owned(),
            password: Secret::new(SPOONS),
            locale: Locale::Hu,
        },
    }
}

fn card(clinic: ClinicId, email: Option<&str>) -> StaffCard {
    StaffCard {
        clinic,
        name: PersonName::new("Kata", "Szabo").unwrap(),
        title: "Kata".to_owned(),
        role: Role::Desk,
        locale: Locale::Hu,
        email: email.map(str::to_owned),
        shifts: "mon-fri 09:00-18:00".parse::<Hours>().unwrap(),
        provides: Provides::Nothing,
    }
}

fn staying(card: StaffCard) -> StaffChange {
    StaffChange { card, employed: Employed::Yes, password: None }
}

impl World {
    async fn new(store: Store) -> Self {
        let (desk, clock) = new_desk(store, 1);
        let begun = set_up(&desk, form(&desk, OLGA).await).await.unwrap();
        let olga = session(&desk, &begun.token).await.unwrap().unwrap();
        let kata = add_staff(&desk, olga.actor, card(olga.staff.clinic, Some(KATA)), Some(Secret::new(FORKS))).await.unwrap();
        Self { desk, clock, olga, olga_token: begun.token, kata }
    }

    async fn enters(&self, email: &str, password: &str) -> Result<Session, ActError> {
        let (password, from) = (Secret::new(password), "203.0.113.7".parse().unwrap());
        sign_in(&self.desk, Credentials { email: email.to_owned(), password, from }).await
    }

    async fn is_inside(&self, token: &Secret) -> bool {
        session(&self.desk, token).await.unwrap().is_some()
    }

    fn card_of_olga(&self) -> StaffCard {
        let StaffMember { clinic, name, title, role, locale, email, shifts, provides, .. } = self.olga.staff.clone();
        StaffCard { clinic, name, title, role, locale, email, shifts, provides }
    }
}

fn code<T>(outcome: Result<T, ActError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(ActError::Refused(refusal)) => refusal.code(),
        Err(ActError::Store(error)) => panic!("{error}"),
    }
}

#[tokio::test]
async fn the_first_run_makes_a_clinic_and_its_owner_once() {
    both(async |store: Store| {
        let (desk, _) = new_desk(store, 1);
        let form = form(&desk, OLGA).await;
        assert_eq!(code(set_up(&desk, SetUp { code: Secret::new("guessed"), ..form.clone() }).await), "set-up.code");
        assert_eq!(code(set_up(&desk, SetUp { code: Secret::new(""), ..form.clone() }).await), "set-up.code");
        let weak = Owner { password: Secret::new("1234567890"), ..form.owner.clone() };
        assert_eq!(code(set_up(&desk, SetUp { owner: weak, ..form.clone() }).await), "password.common");
        let nameless = FirstClinic { name: " ".to_owned(), ..form.clinic.clone() };
        assert_eq!(code(set_up(&desk, SetUp { clinic: nameless, ..form.clone() }).await), "line.empty");

        let begun = set_up(&desk, form.clone()).await.unwrap();
        let signed = session(&desk, &begun.token).await.unwrap().unwrap();
        assert_eq!((signed.staff.role, signed.staff.email.as_deref()), (Role::Owner, Some(OLGA)));
        assert_eq!(set_up_code(&desk).await, Ok(None));
        assert_eq!(code(set_up(&desk, form).await), "set-up.done");
    })
    .await;
}

#[tokio::test]
async fn of_two_set_ups_at_the_same_instant_one_is_refused_and_leaves_nothing() {
    both(async |store: Store| {
        // two nodes, each with a code of its own
        let ((one, _), (two, _)) = (new_desk(store.clone(), 1), new_desk(store.clone(), 2));
        let (first, second) = (form(&one, OLGA).await, form(&two, KATA).await);
        let (first, second) = tokio::join!(set_up(&one, first), set_up(&two, second));
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["done", "set-up.done"]);
        let (clinics, staff) =
            store.read(|tx| Ok::<_, store::StoreError>((store::clinics::clinics(tx)?.len(), store::staff::all(tx)?.len()))).await.unwrap();
        assert_eq!((clinics, staff), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn somebody_signs_in_stays_for_a_fortnight_and_signs_out() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let begun = world.enters(" Kata@Mosoly.Example ", FORKS).await.unwrap();
        assert_eq!(begun.token.expose().len(), 64);
        let signed = session(&world.desk, &begun.token).await.unwrap().unwrap();
        assert_eq!(signed.actor, Actor::Staff { id: world.kata.id, role: Role::Desk });
        assert!(!world.is_inside(&Secret::new("")).await && !world.is_inside(&Secret::new("0".repeat(64))).await);

        let second = world.enters(KATA, FORKS).await.unwrap();
        assert!(second.token != begun.token);
        sign_out(&world.desk, &begun.token).await.unwrap();
        assert!(!world.is_inside(&begun.token).await && world.is_inside(&second.token).await);

        world.clock.forward(Duration::from_hours(14 * 24) - Duration::from_secs(1));
        assert!(world.is_inside(&second.token).await);
        world.clock.forward(Duration::from_secs(1));
        assert!(!world.is_inside(&second.token).await);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_the_refusal() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let silent = add_staff(&world.desk, world.olga.actor, card(world.kata.clinic, Some("no@mosoly.example")), None).await.unwrap();
        let leaving = StaffChange { employed: Employed::Left, ..staying(card(world.kata.clinic, Some(KATA))) };
        change_staff(&world.desk, world.olga.actor, world.kata.id, leaving).await.unwrap();
        for (email, password) in
            [(OLGA, FORKS), (OLGA, ""), ("nobody@mosoly.example", SPOONS), (KATA, FORKS), (silent.email.as_deref().unwrap(), ""), ("", "")]
        {
            assert_eq!(code(world.enters(email, password).await), "sign-in.wrong", "{email} {password}");
        }
    })
    .await;
}

#[tokio::test]
async fn t_g1_of_many_guesses_at_once_only_a_few_are_judged() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let guesses = futures_util::future::join_all((0..50).map(|number| {
            let from = format!("203.0.113.{number}").parse().unwrap();
            let password = Secret::new(if number == 40 { SPOONS.to_owned() } else { format!("guess number {number}") });
            sign_in(&world.desk, Credentials { email: OLGA.to_owned(), password, from })
        }))
        .await;
        let count = |wanted: &str| guesses.iter().filter(|guess| code(guess.as_ref().map_err(Clone::clone)) == wanted).count();
        assert_eq!((count("sign-in.wrong"), count("sign-in.too-many"), count("done")), (8, 42, 0));
        world.clock.forward(Duration::from_mins(1));
        assert_eq!(code(world.enters(OLGA, SPOONS).await), "done");
    })
    .await;
}

#[tokio::test]
async fn t_g2_another_password_ends_every_other_session() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let elsewhere = world.enters(OLGA, SPOONS).await.unwrap();
        let change =
            async |current: &str, new: &str| change_password(&world.desk, &world.olga, Secret::new(current), Secret::new(new)).await;
        assert_eq!(code(change(FORKS, FORKS).await), "password.wrong");
        assert_eq!(code(change(SPOONS, "Olga Nagy 1984").await), "password.is-name");
        assert!(world.is_inside(&elsewhere.token).await);
        let begun = change(SPOONS, FORKS).await.unwrap();
        assert!(world.is_inside(&begun.token).await);
        assert!(!world.is_inside(&elsewhere.token).await && !world.is_inside(&world.olga_token).await);
        assert_eq!(code(world.enters(OLGA, SPOONS).await), "sign-in.wrong");
        assert_eq!(code(world.enters(OLGA, FORKS).await), "done");
    })
    .await;
}

#[tokio::test]
async fn t_g2_whoever_leaves_or_gets_another_role_is_signed_out_at_once() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let (olga, id, same) = (world.olga.actor, world.kata.id, card(world.kata.clinic, Some(KATA)));
        let renamed = StaffCard { title: "Katalin".to_owned(), ..same.clone() };
        for (name, change, stays) in [
            ("another title", staying(renamed), true),
            ("another role", staying(StaffCard { role: Role::Manager, ..same.clone() }), false),
            (
                "another password",
                StaffChange { password: Some(Secret::new(FORKS)), ..staying(StaffCard { role: Role::Manager, ..same.clone() }) },
                false,
            ),
            ("has left", StaffChange { employed: Employed::Left, ..staying(same) }, false),
        ] {
            let begun = world.enters(KATA, FORKS).await.unwrap();
            change_staff(&world.desk, olga, id, change).await.unwrap();
            assert_eq!(world.is_inside(&begun.token).await, stays, "{name}");
        }
        assert_eq!(code(world.enters(KATA, FORKS).await), "sign-in.wrong");
    })
    .await;
}

#[tokio::test]
async fn an_owner_always_remains_even_if_two_go_at_once() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let going = StaffChange { employed: Employed::Left, ..staying(world.card_of_olga()) };
        let alone = change_staff(&world.desk, world.olga.actor, world.olga.staff.id, going.clone()).await;
        assert_eq!(code(alone), "staff.last-owner");
        assert!(world.is_inside(&world.olga_token).await, "a refused change keeps nothing");

        let owner = StaffCard { role: Role::Owner, ..card(world.kata.clinic, Some(KATA)) };
        change_staff(&world.desk, world.olga.actor, world.kata.id, staying(owner.clone())).await.unwrap();
        let kata = Actor::Staff { id: world.kata.id, role: Role::Owner };
        let (first, second) = tokio::join!(
            change_staff(&world.desk, world.olga.actor, world.kata.id, StaffChange { employed: Employed::Left, ..staying(owner) }),
            change_staff(&world.desk, kata, world.olga.staff.id, going)
        );
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["done", "staff.last-owner"]);
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_person() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let (olga, clinic) = (world.olga.actor, world.kata.clinic);
        assert_eq!(code(add_staff(&world.desk, olga, card(clinic, Some("OLGA@mosoly.example")), None).await), "staff.email-taken");
        let taken = change_staff(&world.desk, olga, world.kata.id, staying(card(clinic, Some(OLGA)))).await;
        assert_eq!(code(taken), "staff.email-taken");
        assert_eq!(code(add_staff(&world.desk, olga, card(clinic, None), Some(Secret::new(FORKS))).await), "staff.email-needed");
        let twins = card(clinic, Some("twin@mosoly.example"));
        let (first, second) = tokio::join!(add_staff(&world.desk, olga, twins.clone(), None), add_staff(&world.desk, olga, twins, None));
        let mut codes = [code(first), code(second)];
        codes.sort_unstable();
        assert_eq!(codes, ["done", "staff.email-taken"]);
    })
    .await;
}

#[tokio::test]
async fn the_desk_changes_neither_staff_nor_settings() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let (desk, clinic) = (&world.desk, world.kata.clinic);
        let stored = desk.look(move |tx, _| Ok(store::clinics::clinic(tx, clinic)?)).await.unwrap().unwrap();
        for role in [Role::Desk, Role::Clinician] {
            let by = Actor::Staff { id: world.kata.id, role };
            for outcome in [
                code(add_staff(desk, by, card(clinic, None), None).await),
                code(change_staff(desk, by, world.kata.id, staying(StaffCard { role: Role::Owner, ..card(clinic, Some(KATA)) })).await),
                code(save_clinic(desk, by, stored.clone()).await),
                code(save_chair(desk, by, clinic, None, "1".to_owned()).await),
                code(save_service(desk, by, None, service(clinic)).await),
            ] {
                assert_eq!(outcome, "actor.not-allowed", "{role:?}");
            }
        }
        let manager = Actor::Staff { id: world.kata.id, role: Role::Manager };
        assert_eq!(code(add_staff(desk, manager, card(clinic, None), None).await), "actor.not-allowed");
        assert_eq!(code(save_chair(desk, manager, clinic, None, "1".to_owned()).await), "done");
    })
    .await;
}

fn service(clinic: ClinicId) -> ServiceCard {
    let (name, preparation) = ("Check-up".to_owned(), String::new());
    let (providers, chairs) = (Vec::new(), Vec::new());
    ServiceCard { clinic, name, minutes: 30, buffer_minutes: 0, providers, chairs, preparation, offered: Offered::Yes }
}

#[tokio::test]
async fn what_can_be_booked_names_people_and_chairs_of_its_clinic() {
    both(async |store: Store| {
        let world = World::new(store).await;
        let (desk, by, clinic) = (&world.desk, world.olga.actor, world.kata.clinic);
        let chair = save_chair(desk, by, clinic, None, " 2 ".to_owned()).await.unwrap();
        let gromov = StaffCard { provides: Provides::Treatment, ..card(clinic, None) };
        let gromov = add_staff(desk, by, gromov, None).await.unwrap();
        let fine = ServiceCard { providers: vec![gromov.id], chairs: vec![chair.id], ..service(clinic) };
        let saved = save_service(desk, by, None, fine.clone()).await.unwrap();
        assert_eq!(code(save_service(desk, by, Some(saved.id), ServiceCard { minutes: 45, ..fine.clone() }).await), "done");

        let stranger = ClinicId::new(NOON, &mut Chance::from_seed(9));
        for (name, card, expected) in [
            ("somebody who does not treat", ServiceCard { providers: vec![world.kata.id], ..fine.clone() }, "service.providers"),
            ("another clinic", ServiceCard { clinic: stranger, ..fine.clone() }, "thing.not-found"),
            ("no time at all", ServiceCard { minutes: 0, ..fine.clone() }, "service.minutes"),
        ] {
            assert_eq!(code(save_service(desk, by, Some(saved.id), card).await), expected, "{name}");
        }
        let unknown = kernel::ChairId::new(NOON, &mut Chance::from_seed(9));
        let elsewhere = ServiceCard { chairs: vec![unknown], ..fine.clone() };
        assert_eq!(code(save_service(desk, by, None, elsewhere).await), "service.chairs");
        let nothing = kernel::ServiceId::new(NOON, &mut Chance::from_seed(9));
        assert_eq!(code(save_service(desk, by, Some(nothing), fine).await), "thing.not-found");
        assert_eq!(code(save_chair(desk, by, clinic, Some(unknown), "3".to_owned()).await), "thing.not-found");
        assert_eq!(code(save_chair(desk, by, stranger, None, "3".to_owned()).await), "thing.not-found");

        let mut stored = desk.look(move |tx, _| Ok(store::clinics::clinic(tx, clinic)?)).await.unwrap().unwrap();
        assert_eq!(desk.look(move |tx, _| Ok(store::clinics::service(tx, saved.id)?)).await.unwrap().unwrap().minutes, 45);
        stored.name = "Mosoly 2".to_owned();
        assert_eq!(save_clinic(desk, by, stored.clone()).await.unwrap().name, "Mosoly 2");
        stored.id = stranger;
        assert_eq!(code(save_clinic(desk, by, stored).await), "thing.not-found");
    })
    .await;
}
