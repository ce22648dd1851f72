//! Epochs, policies, and maps that the owner has to decide on.

use nalgebra::{Isometry2, Point2};

use super::household::{
    BEDROOM, FLAT, HALLWAY, KITCHEN, LIVING, NOW, OTHER, SERVICE, bar, bind, drawn, given, home, keeper,
    keeper_of, map, named, odds, policy, reopened, wall,
};
use crate::atlas::{Atlas, Codebook, PlanId, ZoneId};
use crate::drawings::of_cells;
use crate::grid::Span;
use crate::home::{HomeError, RoomId, RoomKind};
use crate::keeper::{Keeper, KeeperError, MemoryStore, Slot, Store};
use crate::key::{AreaId, KeyError, MarkKind};
use crate::release::ReleaseError;
use crate::{Coins, HouseKey, MappedFloor, Odds, Policy, Redaction, Release};

#[test]
fn odds_multiply_over_epochs_and_an_epoch_that_cannot_be_paid_is_sealed() {
    let mut keeper = keeper(1);
    for spent in [2, 4] {
        assert!(!keeper.next_epoch_is_sealed());
        assert_eq!(keeper.release(SERVICE, NOW).unwrap_err(), KeeperError::NotDrawn);
        let release = drawn(&mut keeper, FLAT).unwrap();
        assert_eq!(release.certificate().odds_spent, odds(spent));
        release.verify_under(&policy()).unwrap();
        keeper.new_epoch().unwrap();
        assert_eq!(keeper.key().unwrap_err(), KeeperError::NoKey);
    }
    assert!(keeper.next_epoch_is_sealed());
    let sealed = drawn(&mut keeper, FLAT).unwrap();
    let certificate = sealed.verify_under(&policy()).unwrap();
    assert_eq!((certificate.odds, certificate.odds_spent), (Odds::SEALED, odds(4)));
    assert_eq!((keeper.spent(), keeper.key().is_ok()), (odds(4), true));
    // With a policy that pays for more, the epoch after this one is drawn again.
    let richer = Policy::builder().odds(odds(2)).odds_cap(odds(8)).build().unwrap();
    let mut keeper = Keeper::open_with(keeper.into_store(), richer.clone(), Coins::replayed(7)).unwrap();
    assert!(drawn(&mut keeper, OTHER).unwrap() == sealed);
    assert!(!keeper.next_epoch_is_sealed());
    keeper.new_epoch().unwrap();
    let release = drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(release.verify_under(&richer).unwrap().odds_spent, odds(8));
    // Sealed is refused where it could have been paid for.
    let json = sealed.to_json().replace(&policy().digest(), &richer.digest());
    let claimed = Release::from_json(json.as_bytes()).unwrap();
    assert_eq!(claimed.verify_under(&richer).unwrap_err(), ReleaseError::Policy);
}

#[test]
fn a_newer_policy_counts_from_the_next_epoch_but_for_what_decides_no_draw() {
    let mut one = keeper(1);
    let release = drawn(&mut one, FLAT).unwrap();
    let newer = Policy::builder().zones(3).odds(odds(4)).odds_cap(odds(64)).floors(2).areas(20);
    let newer = newer.redacted_kinds([RoomKind::Office]).build().unwrap();
    let mut keeper = Keeper::open(one.into_store(), newer.clone()).unwrap();
    assert!(drawn(&mut keeper, OTHER).unwrap() == release);
    assert_eq!((keeper.spent(), keeper.key().unwrap().areas()), (odds(2), 20));
    assert_eq!(keeper.redaction().kinds, policy().redaction().kinds);
    keeper.new_epoch().unwrap();
    assert_eq!(keeper.redaction().kinds, newer.redaction().kinds);
    let (flat, none) = (home(FLAT), Redaction::none());
    let refused = keeper.on_map(&flat, &none, SERVICE, NOW).unwrap_err();
    assert_eq!(refused, KeeperError::Anonymize(crate::AnonymizeError::Floors));
    keeper.on_maps(&[Some(MappedFloor::new(&flat, &none)), None], SERVICE, NOW).unwrap();
    let next = keeper.release(SERVICE, NOW).unwrap();
    assert_eq!((next.floors().len(), next.areas(), next.certificate().zones), (2, 20, 3));
    assert_eq!(next.verify_under(&newer).unwrap().odds_spent, odds(32));
}

/// A policy may write 2 as 4/2. What it spends where a ledger begins again is written as a ledger writes it.
#[test]
fn a_ledger_that_begins_again_has_spent_in_lowest_terms_and_its_release_passes() {
    let halves = Policy::builder().odds(Odds::new(4, 2).unwrap()).odds_cap(odds(2)).build().unwrap();
    let mut keeper = Keeper::start_over(MemoryStore::default(), halves.clone(), Coins::replayed(1)).unwrap();
    keeper.consent(given("c")).unwrap();
    let release = drawn(&mut keeper, FLAT).unwrap();
    release.verify_under(&halves).unwrap();
    assert_eq!(<[u32; 2]>::from(release.certificate().odds_spent), [2, 1]);
    // A state of an earlier version of the library, which stored them as they were.
    let mut keeper = Keeper::start_over(MemoryStore::default(), halves.clone(), Coins::replayed(1)).unwrap();
    keeper.consent(given("c")).unwrap();
    keeper.state.spent = Odds::new(4, 2).unwrap();
    keeper.save(keeper.state.clone()).unwrap();
    let mut keeper = Keeper::open_with(keeper.into_store(), halves.clone(), Coins::replayed(1)).unwrap();
    drawn(&mut keeper, FLAT).unwrap().verify_under(&halves).unwrap();
    // What is drawn under them is written as they are, and passes.
    let mut keeper = keeper_of(&halves, 1);
    let release = drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(<[u32; 2]>::from(release.verify_under(&halves).unwrap().odds), [4, 2]);
}

/// What was drawn offers its areas, whatever the policy says later.
#[test]
fn a_key_that_is_made_again_has_the_areas_of_what_was_drawn() {
    let of_areas = |areas| Policy::builder().areas(areas).build().unwrap();
    let mut keeper = keeper_of(&of_areas(20), 1);
    assert_eq!(drawn(&mut keeper, FLAT).unwrap().areas(), 20);
    let mut store = keeper.into_store();
    store.save(Slot::Key { floor: 0 }, b"damaged").unwrap();
    for areas in [16, 24] {
        let mut keeper = Keeper::open(store.clone(), of_areas(areas)).unwrap();
        assert_eq!(drawn(&mut keeper, FLAT).unwrap().areas(), 20);
        let has = areas.max(20);
        assert_eq!(keeper.key().unwrap().areas(), has);
        bind(&mut keeper, has - 1, &home(FLAT), 1);
    }
}

/// Rooms without a kind are redacted until the owner chooses; then the key serves what is kept, for the plan that was
/// drawn, and what the owner barred stays barred.
#[test]
fn no_map_is_refused_and_the_key_follows_the_owners_choice() {
    let unsure = named(FLAT, &[LIVING, BEDROOM]);
    let served = |keeper: &Keeper<MemoryStore>| {
        let key = keeper.key().unwrap();
        let regions = (0..4).filter_map(|zone| key.lift_zone(ZoneId::of_index(zone)).ok());
        regions.map(|region| region.len()).sum::<usize>()
    };
    let by_kind = policy().redaction();
    let mut keeper = keeper(1);
    map(&mut keeper, &unsure, &by_kind);
    let told = KeeperError::Anonymize(HomeError::Unlabelled.into());
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    let release = keeper.release(SERVICE, NOW).unwrap();
    let before = served(&keeper);
    // Whatever the owner does meanwhile, the choice is still to be made.
    bar(&mut keeper, &wall());
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    // The same again, also after a restart: still open.
    let mut keeper = reopened(keeper);
    map(&mut keeper, &unsure, &by_kind);
    assert_eq!((keeper.check_floor(0).unwrap_err(), served(&keeper)), (told, before));
    map(&mut keeper, &named(FLAT, &[LIVING, BEDROOM, KITCHEN, HALLWAY]), &by_kind);
    keeper.check_floor(0).unwrap();
    assert!(served(&keeper) > before + 20, "{before} {}", served(&keeper));
    assert!(keeper.release(SERVICE, NOW).unwrap() == release);
    let bars = keeper.key().unwrap().marks();
    assert_eq!(bars.iter().filter(|mark| mark.kind == MarkKind::Barred).count(), 1);
    // A room that the map does not have: which one was meant nobody can say.
    let mut keeper = keeper_of(&policy(), 1);
    let missing = Redaction::none().rooms([RoomId::new(77)]);
    map(&mut keeper, &home(FLAT), &missing);
    let told = KeeperError::Anonymize(HomeError::UnknownRoom.into());
    assert_eq!((keeper.check_floor(0).unwrap_err(), served(&keeper)), (told, 0));
    let release = keeper.release(SERVICE, NOW).unwrap();
    map(&mut keeper, &home(FLAT), &Redaction::none());
    assert_eq!((keeper.check_floor(0), served(&keeper) > 50), (Ok(()), true));
    assert!(keeper.release(SERVICE, NOW).unwrap() == release);
}

/// Robots count their rooms, so that the room which is shut today has the number after the greatest on the map.
#[test]
fn a_room_that_is_not_on_the_map_is_not_mistaken_for_floor_without_a_number() {
    let today = "aaaaabbbbb....\naAaaabbbbb....\naaaaabbbbb....\n";
    let tomorrow = format!("{today}#####c########\n#cccccccc#####\n#cccccccc#####");
    let [today, tomorrow] = [today, &tomorrow].map(|drawing| of_cells(0.5, 0.2, drawing, &[]));
    let redaction = Redaction::none().rooms([RoomId::new(3)]);
    let mut keeper = keeper(1);
    map(&mut keeper, &today, &redaction);
    let told = KeeperError::Anonymize(HomeError::UnknownRoom.into());
    assert_eq!(keeper.check_floor(0).unwrap_err(), told);
    map(&mut keeper, &tomorrow, &redaction);
    keeper.check_floor(0).unwrap();
    let key = keeper.key().unwrap();
    let zones = (0..4).filter_map(|zone| key.lift_zone(ZoneId::of_index(zone)).ok());
    let rows: Vec<u32> = zones.flat_map(|zone| zone.runs().map(Span::y).collect::<Vec<_>>()).collect();
    assert!(!rows.is_empty() && rows.iter().all(|&y| y >= 3), "nothing of room c is in a zone: {rows:?}");
}

/// A flat of one room, in which somebody sleeps: there is nothing to draw, and it can be cleaned all the same.
#[test]
fn where_all_is_redacted_areas_lead_into_it_and_nothing_else_does() {
    let area = AreaId::new(1);
    let studio = ["#########", "#aaaaaaa#", "#aAaaaaa#", "#aaaaaaa#", "#########"];
    let drawn = |rows: &[&str]| named(&rows.join("\n"), &[('a', RoomKind::Bedroom)]);
    let flat = drawn(&studio);
    let mut keeper = keeper(1);
    map(&mut keeper, &flat, &policy().redaction());
    keeper.check_floor(0).unwrap();
    assert!(keeper.key().unwrap().lift_area(area).unwrap().is_empty());
    bind(&mut keeper, 1, &flat, 1);
    let check = |keeper: &Keeper<MemoryStore>| {
        let key = keeper.key().unwrap();
        let cells = key.lift_area(area).unwrap().len();
        let zones = keeper.policy().zones();
        for zone in (0..zones).map(ZoneId::of_index) {
            assert_eq!(key.lift_zone(zone).unwrap_err(), KeyError::Unreachable { zone });
        }
        let places = (0..32).map(|n| Point2::new(0.3 * f64::from(n), 9.6 - 0.3 * f64::from(n)));
        assert!(places.into_iter().all(|at| key.lift_point(at).is_err()));
        assert_eq!(key.locate(Isometry2::translation(0.3, 0.3)).unwrap_err(), KeyError::NoZone);
        assert!(key == &HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap());
        cells
    };
    let cells = check(&keeper);
    assert!(cells > 10, "{cells}");
    // The next day's map, a quarter turned: the area is where it was.
    let turned: Vec<String> =
        (0..9).map(|x| studio.iter().rev().map(|row| char::from(row.as_bytes()[x])).collect()).collect();
    let turned = drawn(&turned.iter().map(String::as_str).collect::<Vec<_>>());
    map(&mut keeper, &turned, &policy().redaction());
    assert_eq!(check(&keeper), cells);
    keeper.edit_key(0, |key| key.unbind(area)).unwrap();
    assert!(keeper.key().unwrap().lift_area(area).unwrap().is_empty());
    assert!(keeper.key().unwrap().marks().iter().all(|mark| mark.kind == MarkKind::Redacted));
}

/// Random calls through the C library found it: the key of a floor with nothing to draw had no cells to put an area on.
#[test]
fn an_owner_who_has_an_area_and_then_redacts_everything_keeps_the_area_as_a_mark() {
    let flat = named(FLAT, &[LIVING, BEDROOM]);
    let mut keeper = keeper(1);
    // Two rooms have no kind: the owner has to choose.
    map(&mut keeper, &flat, &policy().redaction());
    keeper.check_floor(0).unwrap_err();
    bind(&mut keeper, 1, &flat, 1);
    map(&mut keeper, &flat, &Redaction::none().rooms((1..=4).map(RoomId::new)));
    keeper.check_floor(0).unwrap();
    let marks = keeper.key().unwrap().marks();
    assert_eq!(marks.iter().filter(|mark| mark.kind == MarkKind::Area(AreaId::new(1))).count(), 1);
}

/// What was drawn stands under a later policy, and so does what it tells.
#[test]
fn the_owner_is_told_of_what_was_drawn_and_not_of_todays_policy() {
    use crate::keeper::{Disclosure, Language};
    let mut keeper = keeper(1);
    let before = keeper.disclosure(NOW);
    assert_eq!(before, Disclosure::of(&policy(), keeper.consent_record(), NOW));
    drawn(&mut keeper, FLAT).unwrap();
    assert_eq!(keeper.disclosure(NOW), before);
    // An update that seals what is to come, and has other zones, areas and times.
    let sealed = Policy::builder().zones(3).odds_cap(odds(1)).areas(2).all_s(9000).build().unwrap();
    let mut keeper = Keeper::open(keeper.into_store(), sealed.clone()).unwrap();
    let told = keeper.disclosure(NOW);
    assert_eq!((told.plans, told.zones, told.areas, told.release), (before.plans, 4, 16, before.release));
    assert_eq!((told.life.odds, told.all_s), (odds(2), 9000));
    assert!(told.text(Language::English).contains("a factor of 2"));
    // The next epoch is sealed, but what has left has left.
    keeper.new_epoch().unwrap();
    drawn(&mut keeper, FLAT).unwrap();
    let told = keeper.disclosure(NOW);
    assert_eq!((told.plans, told.zones, told.release.odds, told.life.odds), (1, 3, odds(1), odds(2)));
    let text = told.text(Language::English);
    assert!(text.contains("There is only one such plan") && text.contains("a factor of 2"), "{text}");
}

/// No shipped codebook but the whole atlas has so many plans.
#[test]
fn a_codebook_of_ones_own_may_have_many_plans() {
    let plans: Vec<PlanId> = Atlas::of(4).unwrap().plans().into_iter().step_by(2).take(300).collect();
    for seed in 0..8 {
        let mut keeper = keeper(seed);
        keeper.draw_from(Codebook::of_plans(4, &plans, 1).unwrap());
        let plan = drawn(&mut keeper, FLAT).unwrap().floors()[0].plan();
        assert!(plans.contains(&PlanId::new(plan)), "{plan}");
    }
}
