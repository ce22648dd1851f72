use super::{MAX_NAME_BYTES, RoomKind, folded_words};
use crate::home::kind_names::{
    ANY_ROOM, CHILDREN, FRONTS, HEADS, MODIFIERS, NAMES, NEUTRAL, SLEEPERS, TAILS, WIDE,
};

use RoomKind::{
    Balcony, Bathroom, Bedroom, Dining, Garage, Hallway, Kitchen, Laundry, Living, Nursery, Office, Other,
    Storage, Toilet,
};

/// Names as people type them.
#[rustfmt::skip]
const NAMED: &[(RoomKind, &[&str])] = &[
    (Bedroom, &[
        "Bedroom", "Master Bedroom", "Bedroom 2", "bedroom2", "BEDROOM", "Guest room", "Guest bedroom",
        "Main-Bedroom", "masterbedroom",
        "Bed 1", "Master", "Bedrooms", "bedroom with bathroom", "Spare room",
        "chambre", "Chambre 3", "Chambre d'amis", "chambre parentale", "Suite parentale", "Chambre à coucher",
        "Schlafzimmer", "Elternschlafzimmer", "Eltern Schlafzimmer", "Schlafzimmer OG", "Gästezimmer",
        "Gaestezimmer", "Eltern", "Schlafen",
        "Dormitorio", "Dormitorio principal", "Habitación", "habitacion 2", "Habitación de invitados",
        "Cuarto",
        "camera da letto", "Camera", "camera matrimoniale", "Camera degli ospiti", "Camere da letto",
        "slaapkamer", "Slaapkamer 1", "logeerkamer", "Ouders", "hoofdslaapkamer",
        "sypialnia", "Sypialnia 2", "Pokój gościnny",
        // Those who sleep there count more than what else the room is used for.
        "Guest Room / Office", "Gym/Guest room", "Library/guest room", "Master w/ dressing", "Guest/Laundry",
        "bureau invités", "Suite parentale avec dressing", "Gäste/Büro", "Eltern + Ankleide", "Gästebüro",
        "stanza ospiti / studio", "Kantoor en gasten", "gabinet i pokój gości", "Eltern mit Balkon",
        "Gästekammer", "Elternkammer", "Bettkammer", "Sovekammer", "Schlafkeller", "Gästekeller",
        "Gästewohnküche", "gastenkamer", "Elternbereich", "Büro mit Schlafsofa", "Primary",
        "Wohnen/Gästebett", "Büro Klappbett", "Arbeitszimmer (Bettsofa)", "Office sofabed", "Kantoor logeerbed",
        "Kitchen daybed", "Living room w/ bunkbeds", "Woonkamer slaapbank", "Salon z łóżkiem", "Hall de nuit",
        "Grandpa's office",
        "Schlaf- und Arbeitszimmer", "Schlafwohnzimmer", "logeer/werkkamer", "Sala de dormir",
    ]),
    (Nursery, &[
        "Nursery", "Kids room", "Kid's room", "Kids’ Bedroom", "Children's room", "Baby room", "Playroom",
        "chambre d'enfant", "Chambre des enfants", "Chambre bébé", "salle de jeux",
        "Kinderzimmer", "Kinderzimmer2", "Kinder", "Babyzimmer", "Spielzimmer", "Mädchenzimmer",
        "Zimmer der Kinder",
        "Habitación de los niños", "Dormitorio infantil", "Cuarto de juegos",
        "cameretta", "Camera dei bambini", "kinderkamer", "Babykamer", "Speelkamer",
        "Pokój dziecięcy", "pokój dzieci", "Pokoj dziecka",
        "Kinderkammer", "Mädchenkammer", "Barnekammer", "Kinderbüro", "Kinderkeller", "Jugendraum",
        "jongenskamer", "Guest room / nursery", "Sala de los niños",
    ]),
    (Bathroom, &[
        "Bathroom", "Bath", "Master bath", "Bathroom 2", "Hall bath", "kid's bathroom", "En-suite",
        "Shower room", "Guest Bathroom",
        "parents' bathroom", "bathroom1", "masterbath",
        "salle de bain", "Salle de bains", "Salle d'eau", "Salle d’eau", "salle de bain des enfants", "SdB",
        "Bad", "BAD", "Badezimmer", "Gästebad", "Gaestebad", "Gäste-Bad", "Elternbad", "Kinderbad",
        "Duschbad", "BadOG", "Bad/WC", "Bad 2",
        "Gästebadezimmer", "Hauptbad",
        "baño", "Baño 1", "Ban\u{303}o", "Cuarto de baño", "baño de los niños", "BAÑO",
        "bagno", "bagno2", "Bagno di servizio", "Bagno ospiti", "badkamer", "Badkamer boven", "douche",
        "łazienka", "Łazienka", "Lazienka 2", "Salon kąpielowy",
        "Badekammer", "Badkeller", "Badküche", "Duschküche", "guest bathroom", "Suite avec salle de bain",
    ]),
    (Toilet, &[
        "Toilet", "WC", "W.C.", "wc2", "Powder room", "Half bath", "Downstairs loo", "Kids toilet",
        "toilettes", "Les toilettes", "Gäste-WC", "GästeWC", "Gästetoilette", "Toilette", "Klo", "aseo",
        "gabinetto", "Toaleta", "toiletten", "guest toilet", "Toiletkammer", "toiletruimte", "Lavabo",
    ]),
    (Kitchen, &[
        "Kitchen", "kitchenette", "Cuisine", "Küche", "Ku\u{308}che", "kueche", "KÜCHE", "Wohnküche",
        "Cocina", "Cucina", "Keuken", "Kuchnia",
        "open keuken",
    ]),
    (Living, &[
        "Living room", "livingroom", "LivingRoom", "living_room", "Lounge", "Family Room", "Salon",
        "Séjour", "Wohnzimmer", "Stube",
        "Wohn-Zimmer", "Sala de estar", "Salón", "Sala", "Soggiorno", "salotto", "woonkamer", "Living",
        "Pokój dzienny", "Couch",
        "Wohnzimmer / Küche", "Sala 2", "Sala grande", "Sala comedor", "Sala B",
    ]),
    (Dining, &[
        "Dining room", "Dining", "salle à manger", "Essbereich", "Esszimmer", "Esstisch", "Comedor",
        "Sala da pranzo", "eetkamer",
        "jadalnia", "Eethoek",
    ]),
    (Hallway, &[
        "Hallway", "Hall", "Corridor", "Entrance", "Stairs", "couloir", "Entrée", "Hall d'entrée", "Flur",
        "Flur EG", "Diele", "Vorzimmer",
        "Pasillo", "Recibidor", "Corridoio", "Ingresso", "gang", "Overloop", "hal", "korytarz",
        "Przedpokój", "Hausflur", "Treppenhaus", "Guest hallway", "Gästeflur",
    ]),
    (Office, &[
        "Office", "Study", "Home office", "Bureau", "Büro", "Buero", "Arbeitszimmer", "Schreibtisch",
        "Despacho", "Oficina", "Studio",
        "Ufficio", "werkkamer", "Kantoor", "gabinet", "Biuro",
    ]),
    (Storage, &[
        "Pantry", "Walk-in closet", "Storage", "Cellier", "Dressing", "Abstellraum", "Abstellkammer",
        "Speisekammer", "Ankleide", "Keller",
        "trastero", "Ripostiglio", "Berging", "bijkeuken", "Spiżarnia", "Garderoba", "Weinkeller",
        "Besenkammer", "Keller links", "Attic 2", "Wine cellar",
    ]),
    (Laundry, &["Laundry", "Utility room", "Buanderie", "Waschküche", "Hauswirtschaftsraum", "Lavadero", "Lavanderia", "wasruimte", "Pralnia"]),
    (Garage, &["Garage", "Tiefgarage", "Garaje", "Garaż"]),
    (Balcony, &["Balcony", "Balkon", "Balcon", "Balcón", "Terrasse", "Terraza", "Terrazzo", "Taras", "Wintergarten", "Véranda", "Dachterrasse"]),
    (Other, &["Gym", "Bibliothèque", "Hobbyraum", "Other", "Sonstiges"]),
];

#[test]
fn names_that_say_nothing_give_no_kind() {
    for name in [
        "",
        " ",
        "1",
        "room",
        "room1",
        "Room 10",
        "Room",
        "Zimmer",
        "Zimmer 1",
        "pièce 3",
        "Pièce",
        "Raum 2",
        "kamer",
        "Kamer 4",
        "pokój",
        "Pokój 1",
        "stanza",
        "Stanza 2",
        "salle",
        "segment 17",
        "R2",
        "Default",
        "🛏",
        "客厅",
        "Спальня",
        "Emma",
        "Lenas Zimmer",
        "Sala de bany",
        "Sala de banho",
        "Kammer",
        "Vorderkammer",
        "Attic room",
        "Lena Keller",
        "Studio Emma",
        "...",
        "s",
        "ss",
    ] {
        assert_eq!(RoomKind::from_name(name), None, "{name}");
    }
}

#[test]
fn false_friends_are_not_rooms() {
    for name in [
        "Badminton",
        "Abad",
        "bedrijf",
        "Islamabad",
        "Badge",
        "Bathurst",
        "Bedford",
        "Kuchen",
        "Gangster",
        "Hallo",
        "Officer",
        "Toiletry",
        "Kindle",
        "Salonica",
        "Trinidad",
        "Embed",
        "Sunbathing",
        "Livingstone",
        "Dielectric",
        "Wcag",
        "Litter",
        "Babylon",
    ] {
        assert_eq!(RoomKind::from_name(name), None, "{name}");
    }
    assert_eq!(RoomKind::from_name("Balkon"), Some(Balcony));
    assert_eq!(RoomKind::from_name("badkamer"), Some(Bathroom));
    assert_eq!(RoomKind::from_name("Water closet"), Some(Toilet));
    assert_eq!(RoomKind::from_name("bijkeuken"), Some(Storage));
}

#[test]
fn the_most_sensitive_kind_wins() {
    assert_eq!(RoomKind::from_name("Flur und Schlafzimmer"), Some(Bedroom));
    assert_eq!(RoomKind::from_name("kitchen, dining, bedroom"), Some(Bedroom));
    assert_eq!(RoomKind::from_name("Laundry / Bathroom"), Some(Bathroom));
    assert_eq!(RoomKind::from_name("toilet + bath"), Some(Bathroom));
    assert_eq!(RoomKind::from_name("Hall toilet"), Some(Toilet));
    // Every kind but the private ones ranks below every private one, and no two rank alike.
    let mut ranks: Vec<u8> = RoomKind::ALL.iter().map(|kind| kind.sensitivity()).collect();
    for private in [Nursery, Bedroom, Bathroom, Toilet] {
        for kind in RoomKind::ALL {
            let below = ![Nursery, Bedroom, Bathroom, Toilet].contains(&kind);
            assert!(!below || kind.sensitivity() < private.sensitivity());
        }
    }
    ranks.sort_unstable();
    ranks.dedup();
    assert_eq!(ranks.len(), RoomKind::ALL.len());
}

#[test]
fn case_accents_digits_and_punctuation_do_not_matter() {
    for (kind, names) in NAMED {
        for name in *names {
            for variant in [
                (*name).to_owned(),
                name.to_uppercase(),
                name.to_lowercase(),
                format!("  {name} 12 "),
                format!("({name})"),
                format!("3.{name}!"),
            ] {
                assert_eq!(RoomKind::from_name(&variant), Some(*kind), "{variant}");
            }
        }
    }
}

#[test]
fn overlong_names_tell_nothing() {
    let name = format!("{}bedroom", " ".repeat(MAX_NAME_BYTES - 7));
    assert_eq!(RoomKind::from_name(&name), Some(Bedroom));
    assert_eq!(RoomKind::from_name(&format!(" {name}")), None);
}

#[test]
fn the_table_is_folded_and_names_nothing_twice() {
    let mut seen: Vec<String> = Vec::new();
    let entries = NAMES.iter().flat_map(|(_, entries)| *entries).chain(CHILDREN).chain(SLEEPERS);
    for entry in entries {
        assert_eq!(folded_words(entry).join(" "), **entry, "entries are folded");
        let joined = entry.replace(' ', "");
        assert!(!seen.contains(&joined), "{entry} stands twice");
        seen.push(joined);
    }
    let lists = [MODIFIERS, ANY_ROOM, WIDE, NEUTRAL].into_iter().flatten();
    for entry in TAILS.iter().chain(HEADS).chain(FRONTS).flat_map(|(_, entries)| *entries).chain(lists) {
        assert_eq!(folded_words(entry), [*entry]);
    }
    assert!(WIDE.iter().all(|word| NAMES.iter().any(|(_, entries)| entries.contains(word))));
}

#[test]
fn every_kind_has_a_name_that_parses_and_reads_back() {
    for kind in RoomKind::ALL {
        assert_eq!(RoomKind::parse(kind.name()), Some(kind));
        assert_eq!(kind.to_string(), kind.name());
        assert_eq!(RoomKind::from_name(kind.name()), Some(kind));
        assert_eq!(RoomKind::parse(&kind.name().to_uppercase()), None);
    }
    assert_eq!(format!("{Toilet:>8}"), "  toilet");
}
