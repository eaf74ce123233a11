//! The search for a free time over thirty days of ten providers, whose days are as full as a clinic's are: nine behind the
//! desk's back, where hardly anything is left, and three weeks ahead.

use std::hint::black_box;
use std::time::Duration;

use anyhow::ensure;
use caredesk::demo::furnishing::{Plan, Wishes};
use caredesk::demo::history::{COMING_DAYS, days_after};
use caredesk::demo::{opens_at, wishes};
use clinic::journal::{Busy, SlotRules, SlotSearch, Wanted};
use clinic::services::Service;
use kernel::Locale;

use crate::stopwatch::{Core, Stopwatch, Times, millis};
use crate::table::Line;

const DAYS: i32 = 30;
const SEARCHES: u32 = 1_000;

pub fn measure() -> anyhow::Result<Line> {
    // two floors of five providers each are one clinic of ten
    let floors = [1, 2].map(|seed| Plan::of(&Wishes { patients: 2_000, past_days: DAYS, ..wishes(seed, Locale::Hu, None) }));
    let clinic = &floors[0].premises.clinic;
    let providers: Vec<_> = floors.iter().flat_map(|floor| floor.premises.providers.clone()).collect();
    let chairs: Vec<_> = floors.iter().flat_map(|floor| floor.premises.chairs.clone()).collect();
    let busy: Vec<Busy> = floors
        .iter()
        .flat_map(|floor| {
            let visits = floor.history.past.iter().chain(&floor.history.coming);
            visits.filter_map(|visit| Busy::of(visit, &floor.premises.services))
        })
        .collect();
    // anybody may do it in any chair: nothing makes the search shorter
    let service = Service { providers: Vec::new(), chairs: Vec::new(), ..floors[0].premises.services[0].clone() };
    let last = days_after(opens_at().date(&clinic.zone), COMING_DAYS - 1);
    let wanted = Wanted::between(days_after(last, 1 - DAYS), last);
    let search = SlotSearch {
        clinic,
        service: &service,
        providers: &providers,
        absences: &[],
        chairs: &chairs,
        busy: &busy,
        wanted: &wanted,
        now: clinic.zone.start_of(wanted.from) - Duration::from_hours(24),
        rules: SlotRules { limit: usize::MAX, ..SlotRules::default() },
    };
    let found = search.find().len();
    ensure!(providers.len() == 10 && busy.len() > 500 && found > 100, "{found} times beside {} visits", busy.len());
    let (mut times, core) = (Times::default(), Core::start());
    for _ in 0..SEARCHES {
        let watch = Stopwatch::start();
        black_box(search.find());
        times.add(watch.read());
    }
    let each = core.read() / SEARCHES;
    Ok(Line {
        what: format!("free-slot search, {DAYS} days, 10 providers, {} visits, every free time ({found})", busy.len()),
        required: "under 2 ms".to_owned(),
        measured: format!("half within {}, {} of one core each", millis(times.median()), millis(each)),
        limit: String::new(),
    })
}
