//! The table behind [`RoomKind::from_name`]: what people call their rooms.
//!
//! Entries are folded: letters a to z and single blanks; an umlaut stands as the bare vowel, and once more
//! with the `e` that people type instead. Lines go by language where a kind has many: English, French,
//! German, Spanish, Italian, Dutch, Polish. Furniture stands for its room where apps are used that way
//! ("Schreibtisch").

use super::RoomKind;

/// Names that tell a kind, as a whole word or a stretch of words.
#[rustfmt::skip]
pub(super) const NAMES: &[(RoomKind, &[&str])] = &[
    (RoomKind::Nursery, &[
        "nursery", "playroom", "toy room", "crib",
        "salle de jeu", "salle de jeux",
        "spielzimmer", "spielecke", "madchenzimmer", "maedchenzimmer", "jungenzimmer", "babyzimmer",
        "jugendzimmer",
        "cuarto de juego", "sala de juego",
        "cameretta", "stanza dei giochi", "sala giochi",
        "speelkamer", "speelhoek", "babykamer", "kinderkamer",
        "pokoj dzieciecy", "pokoj zabaw",
    ]),
    (RoomKind::Bedroom, &[
        "bedroom", "bed", "master suite", "spare room", "sleeping", "dormitory", "chamber",
        "chambre", "lit", "dortoir",
        "schlafzimmer", "schlafraum", "schlafkammer", "schlafen", "schlafbereich", "gastezimmer",
        "gaestezimmer", "elternzimmer",
        "bett",
        "dormitorio", "habitacion", "habitaciones", "cuarto", "alcoba", "recamara", "cama",
        "camera", "camere", "camera da letto", "camere da letto", "stanza da letto", "letto",
        "slaapkamer", "logeerkamer", "slapen",
        "sypialnia", "pokoj goscinny", "pokoj sypialny", "lozko",
    ]),
    (RoomKind::Bathroom, &[
        "bathroom", "bath", "ensuite", "shower", "shower room", "washroom", "wetroom", "sauna",
        "jacuzzi",
        "salle de bain", "salle d eau", "salle de douche", "bain", "baignoire", "sdb",
        "bad", "bader", "baeder", "badezimmer", "badzimmer", "baderaum", "dusche", "duschraum", "waschraum",
        "bano", "cuarto de bano", "sala de bano", "ducha",
        "bagno", "bagni", "bagnetto", "stanza da bagno", "sala da bagno", "doccia",
        "badkamer", "douche", "doucheruimte",
        "lazienka", "prysznic", "pokoj kapielowy",
    ]),
    (RoomKind::Toilet, &[
        "toilet", "wc", "water closet", "loo", "restroom", "lavatory", "powder room", "half bath",
        "cloakroom",
        "toilette", "petit coin",
        "klo", "toiletten", "abort",
        "aseo", "retrete", "inodoro", "cuarto de aseo",
        "gabinetto", "servizi igienici",
        "toaleta", "ubikacja",
    ]),
    (RoomKind::Office, &[
        "office", "study", "study room", "workroom", "workspace", "desk", "studio",
        "bureau",
        "arbeitszimmer", "arbeitsraum", "arbeitsplatz", "arbeiten", "arbeitsbereich", "buro", "buero",
        "schreibtisch", "homeoffice",
        "despacho", "oficina", "estudio", "escritorio",
        "ufficio", "scrivania",
        "kantoor", "werkkamer", "werkruimte", "studeerkamer", "werkplek",
        "gabinet", "biuro", "pokoj do pracy",
    ]),
    (RoomKind::Living, &[
        "living", "living room", "living area", "lounge", "sitting room", "family room", "front room",
        "parlor", "parlour", "couch",
        "sofa", "tv room", "great room",
        "salon", "sejour", "piece a vivre", "piece de vie", "salle de vie", "salle tele", "canape",
        "wohnzimmer", "wohnraum", "wohnbereich", "wohnen", "stube", "wohnstube", "fernsehzimmer",
        "sala", "sala de estar", "cuarto de estar", "cuarto de la tele", "estar",
        "soggiorno", "salotto", "salone", "divano", "zona giorno",
        "woonkamer", "woonruimte", "zitkamer", "zithoek", "huiskamer", "woongedeelte",
        "pokoj dzienny", "kanapa",
    ]),
    (RoomKind::Dining, &[
        "dining", "dining room", "dining area", "dinning room", "breakfast nook", "dining table",
        "salle a manger", "coin repas", "coin a manger", "coin manger",
        "esszimmer", "essbereich", "essecke", "essplatz", "essraum", "esszone", "essen", "esstisch",
        "speisezimmer",
        "comedor",
        "sala da pranzo", "camera da pranzo", "pranzo", "tinello",
        "eetkamer", "eethoek", "eetgedeelte", "eettafel",
        "jadalnia", "pokoj stolowy",
    ]),
    (RoomKind::Kitchen, &[
        "kitchen", "kitchenette", "cooking",
        "cuisine", "coin cuisine",
        "kuche", "kueche", "kochnische", "kochen", "kochbereich",
        "cocina", "cuarto de cocina",
        "cucina", "cucinino", "angolo cottura",
        "keuken",
        "kuchnia", "aneks kuchenny",
    ]),
    (RoomKind::Laundry, &[
        "laundry", "laundry room", "utility", "utility room",
        "buanderie", "lingerie",
        "waschkuche", "waschkueche", "waschkeller", "hauswirtschaftsraum", "hauswirtschaft", "hwr",
        "trockenraum",
        "lavadero", "cuarto de lavado", "cuarto de la lavadora",
        "lavanderia",
        "wasruimte", "washok", "wasplaats", "waskamer", "wasmachine",
        "pralnia",
    ]),
    (RoomKind::Storage, &[
        "storage", "storage room", "store room", "closet", "walk in closet", "wardrobe", "pantry", "larder",
        "box room",
        "dressing room", "dressing", "cellar", "basement", "attic", "loft",
        "cellier", "debarras", "rangement", "cave", "grenier", "garde manger", "placard", "penderie",
        "abstellraum", "abstellkammer", "abstellzimmer", "kammer", "speis", "speisekammer", "vorratsraum",
        "vorratskammer", "keller",
        "dachboden", "speicher", "ankleide", "ankleidezimmer", "ankleideraum", "kleiderschrank",
        "garderobe", "lager", "lagerraum",
        "trastero", "despensa", "vestidor", "armario", "sotano", "desvan", "bodega",
        "ripostiglio", "sgabuzzino", "dispensa", "cantina", "cabina armadio", "guardaroba", "soffitta",
        "berging", "bijkeuken", "voorraadkamer", "voorraadkast", "bergkast", "kelder", "zolder",
        "inloopkast", "kleedkamer",
        "spizarnia", "garderoba", "schowek", "piwnica", "strych", "komorka",
    ]),
    (RoomKind::Garage, &[
        "garage", "carport", "garaje", "cochera", "autorimessa", "garaz",
    ]),
    (RoomKind::Balcony, &[
        "balcony", "terrace", "patio", "veranda", "verandah", "conservatory", "sunroom", "winter garden",
        "deck",
        "balcon", "terrasse", "jardin d hiver",
        "balkon", "wintergarten", "loggia", "dachterrasse",
        "terraza", "galeria",
        "balcone", "terrazzo", "terrazza",
        "terras", "serre",
        "taras", "weranda", "ogrod zimowy",
    ]),
    (RoomKind::Hallway, &[
        "hallway", "hall", "corridor", "entrance", "entry", "entryway", "entrance hall", "foyer",
        "vestibule", "landing", "stairs",
        "stairway", "staircase", "lobby", "porch", "mudroom", "passage",
        "couloir", "entree", "palier", "degagement", "escalier", "hall d entree",
        "flur", "diele", "gang", "eingang", "eingangsbereich", "vorraum", "vorzimmer", "windfang",
        "korridor", "treppe", "treppenhaus",
        "pasillo", "recibidor", "entrada", "vestibulo", "escalera", "rellano", "distribuidor",
        "corridoio", "ingresso", "disimpegno", "atrio", "anticamera", "scala", "scale",
        "hal", "overloop", "inkom", "inkomhal", "trap", "entreehal", "voorportaal",
        "korytarz", "przedpokoj", "hol", "przedsionek", "wiatrolap", "schody",
    ]),
    (RoomKind::Other, &[
        "other", "gym", "home gym", "fitness", "fitness room", "library", "gaming room", "game room",
        "hobby room", "hobby", "workshop",
        "music room", "cinema", "home cinema", "boiler room",
        "autre", "bibliotheque", "salle de sport", "atelier", "chaufferie", "mezzanine",
        "sonstige", "sonstiges", "hobbyraum", "fitnessraum", "bibliothek", "musikzimmer", "werkstatt",
        "heizungsraum", "technikraum",
        "partyraum",
        "otro", "biblioteca", "gimnasio", "taller",
        "altro", "palestra", "taverna", "mansarda",
        "overig", "bibliotheek", "hobbykamer", "sportkamer", "werkplaats",
        "inne", "inny", "biblioteka", "silownia", "warsztat", "kotlownia",
    ]),
];

/// Words for a child: they make a nursery, except of a bathroom or a toilet.
#[rustfmt::skip]
pub(super) const CHILDREN: &[&str] = &[
    "kid", "child", "children", "childrens", "baby", "babies", "boy", "girl", "toddler", "teen", "teenager",
    "son", "daughter",
    "enfant", "bebe", "garcon", "fille", "fils", "ado",
    "kind", "kinder", "kinderzimmer", "junge", "jungen", "madchen", "maedchen", "sohn", "tochter",
    "nino", "nina", "infantil", "hijo", "hija", "juvenil",
    "bambino", "bambina", "bambini", "bimbo", "bimba", "bimbi", "ragazzi", "figlio", "figlia", "figli",
    "kinderen", "jongen", "meisje", "zoon", "dochter",
    "dziecko", "dziecka", "dzieci", "dzieciecy", "dzieciecego", "niemowle", "corka", "corki", "syn", "syna",
];

/// Words for those who sleep in a room: they make a bedroom where no other word tells a kind.
#[rustfmt::skip]
pub(super) const SLEEPERS: &[&str] = &[
    "master", "guest", "parent", "suite",
    "ami", "invite", "parentale", "parental",
    "eltern", "gast", "gaste", "gaeste",
    "invitado", "invitados", "huesped", "huespedes", "matrimonio", "padres",
    "ospite", "ospiti", "matrimoniale", "genitori",
    "gasten", "logee", "logees", "ouders",
    "gosci", "goscie", "goscinny", "rodzicow", "rodzice",
];

/// Heads long enough that any word that ends in them is a compound of them.
#[rustfmt::skip]
pub(super) const TAILS: &[(RoomKind, &[&str])] = &[
    (RoomKind::Nursery, &["kinderzimmer", "spielzimmer", "babyzimmer", "kinderkamer", "speelkamer"]),
    (RoomKind::Bedroom, &["schlafzimmer", "schlafraum", "gastezimmer", "gaestezimmer", "slaapkamer", "logeerkamer", "bedroom"]),
    (RoomKind::Bathroom, &["badezimmer", "badzimmer", "badkamer", "bathroom", "duschraum"]),
    (RoomKind::Toilet, &["toilet", "toilette"]),
    (RoomKind::Office, &["arbeitszimmer", "werkkamer"]),
    (RoomKind::Living, &["wohnzimmer", "woonkamer", "livingroom"]),
    (RoomKind::Dining, &["esszimmer", "eetkamer", "diningroom"]),
    (RoomKind::Kitchen, &["kuche", "kueche", "keuken", "kitchen"]),
    (RoomKind::Laundry, &["waschkuche", "waschkueche"]),
    (RoomKind::Storage, &["abstellraum", "kammer", "keller"]),
    (RoomKind::Garage, &["garage"]),
    (RoomKind::Balcony, &["balkon", "terrasse"]),
    (RoomKind::Hallway, &["treppenhaus", "hallway"]),
];

/// Heads so short that only a listed modifier makes a compound of them.
#[rustfmt::skip]
pub(super) const HEADS: &[(RoomKind, &[&str])] = &[
    (RoomKind::Bathroom, &["bad", "bath", "dusche"]),
    (RoomKind::Toilet, &["wc", "klo"]),
    (RoomKind::Office, &["buro", "buero"]),
    (RoomKind::Hallway, &["flur", "diele", "hall", "hal", "gang"]),
];

/// What may stand before or behind a short head, without a blank.
#[rustfmt::skip]
pub(super) const MODIFIERS: &[&str] = &[
    "gaste", "gaeste", "gasten", "gast", "guest", "eltern", "parent", "kinder", "kid", "kids", "baby",
    "master", "haupt", "main",
    "neben", "familien", "dusch", "wannen", "voll", "tages", "keller", "dach", "ober", "unter", "vor",
    "klein", "kleines", "kleine",
    "gross", "grosses", "grosse", "og", "eg", "ug", "dg", "kg", "oben", "unten", "vorne", "hinten", "links",
    "rechts", "raum",
    "boven", "beneden", "bereich", "zimmer", "toiletten", "inkom", "voor", "entree", "eingangs", "haus",
    "wohnungs", "treppen", "home",
];
