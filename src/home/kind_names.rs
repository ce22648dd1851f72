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
        "spielzimmer", "spielecke", "wickeltisch", "wickelkommode", "madchenzimmer", "maedchenzimmer", "jungenzimmer", "babyzimmer",
        "jugendzimmer",
        "cuarto de juego", "sala de juego",
        "cameretta", "stanza dei giochi", "sala giochi",
        "speelkamer", "speelhoek", "babykamer", "kinderkamer",
        "pokoj dzieciecy", "pokoj zabaw",
    ]),
    (RoomKind::Bedroom, &[
        "bedroom", "bed", "bunk", "bunkbed", "daybed", "sofabed", "futon", "master suite", "guest room", "spare room", "sleep", "sleeping", "dormitory",
        "chamber",
        "chambre", "lit", "dortoir", "dormir", "nuit", "coin nuit", "espace nuit", "clic clac",
        "schlaf", "schlafzimmer", "schlafraum", "schlafkammer", "schlafen", "schlafbereich", "gastezimmer",
        "gaestezimmer", "elternzimmer",
        "bett", "bettsofa", "bettcouch", "schlafsofa", "schlafcouch", "schlafecke", "schlafnische",
        "dormitorio", "habitacion", "habitaciones", "cuarto", "alcoba", "recamara", "cama",
        "camera", "camere", "camera da letto", "camere da letto", "stanza da letto", "letto",
        "zona notte",
        "slaapkamer", "logeerkamer", "slapen", "slaap", "logeer", "slaapbank", "bedbank", "logeerbed",
        "sypialnia", "pokoj goscinny", "pokoj sypialny", "lozko", "lozkiem",
    ]),
    (RoomKind::Bathroom, &[
        "bathroom", "bath", "ensuite", "shower", "shower room", "washroom", "wetroom", "sauna",
        "jacuzzi", "bathtub", "spa", "hammam", "whirlpool", "wellness",
        "salle de bain", "salle d eau", "salle de douche", "bain", "baignoire", "sdb", "sde",
        "bad", "bader", "baeder", "badezimmer", "badzimmer", "baderaum", "dusche", "dusch", "duschraum", "waschraum",
        "bano", "cuarto de bano", "sala de bano", "ducha",
        "bagno", "bagni", "bagnetto", "stanza da bagno", "sala da bagno", "doccia", "antibagno",
        "badkamer", "douche", "doucheruimte", "ligbad",
        "lazienka", "prysznic", "kapiel", "kapielowy", "pokoj kapielowy",
    ]),
    (RoomKind::Toilet, &[
        "toilet", "wc", "water closet", "loo", "restroom", "lavatory", "powder room", "half bath",
        "cloakroom",
        "toilette", "petit coin", "lavabo",
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
        "waschen", "waschmaschine",
        "waschkuche", "waschkueche", "waschkeller", "hauswirtschaftsraum", "hauswirtschaft", "hwr",
        "trockenraum",
        "lavadero", "cuarto de lavado", "cuarto de la lavadora",
        "lavanderia",
        "wasruimte", "washok", "wasplaats", "waskamer", "wasmachine",
        "pralnia",
    ]),
    (RoomKind::Storage, &[
        "storage", "storage room", "store room", "closet", "walk in closet", "wardrobe", "pantry", "larder",
        "wine cellar",
        "dressing room", "dressing", "cellar", "basement", "attic", "loft",
        "cellier", "debarras", "rangement", "cave", "cave a vin", "grenier", "garde manger", "placard", "penderie",
        "abstellraum", "abstellkammer", "abstellzimmer", "speis", "speisekammer", "vorratsraum",
        "vorratskammer", "besenkammer", "rumpelkammer", "kleiderkammer", "keller",
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
        "heizung", "heizungsraum", "technikraum",
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
    "kid", "child", "children", "childrens", "baby", "babies", "boy", "girl", "toddler", "teen", "teenager", "teenie",
    "son", "daughter",
    "enfant", "bebe", "garcon", "fille", "fils", "ado",
    "kind", "kinder", "kinderzimmer", "junge", "jungen", "madchen", "maedchen", "sohn", "tochter",
    "jugend",
    "nino", "nina", "infantil", "hijo", "hija", "juvenil",
    "bambino", "bambina", "bambini", "bimbo", "bimba", "bimbi", "ragazzi", "figlio", "figlia", "figli",
    "kinderen", "jongen", "meisje", "zoon", "dochter", "tiener",
    "dziecko", "dziecka", "dzieci", "dzieciecy", "dzieciecego", "dziecinny",
    "chlopca", "dziewczynki", "niemowle", "corka", "corki", "syn", "syna",
];

/// Words for those who sleep in a room: they make a bedroom, except of a bathroom, a toilet or a hallway.
#[rustfmt::skip]
pub(super) const SLEEPERS: &[&str] = &[
    "master", "primary", "guest", "parent", "suite", "granny", "grandma", "grandpa", "grandparent",
    "maid", "nanny", "au pair",
    "ami", "invite", "parentale", "parental",
    "eltern", "grosseltern", "oma", "opa", "gast", "gaste", "gaeste",
    "invitado", "invitados", "huesped", "huespedes", "matrimonio", "padres", "abuela", "abuelos",
    "ospite", "ospiti", "matrimoniale", "genitori", "nonna", "nonni",
    "gasten", "logee", "logees", "ouder",
    "gosci", "goscie", "goscinny", "goscinna", "babci", "rodzicow", "rodzice",
];

/// Heads long enough that any word that ends in them is a compound of them.
#[rustfmt::skip]
pub(super) const TAILS: &[(RoomKind, &[&str])] = &[
    (RoomKind::Nursery, &["kinderzimmer", "spielzimmer", "babyzimmer", "kinderkamer", "speelkamer"]),
    (RoomKind::Bedroom, &["schlafzimmer", "schlafraum", "gastezimmer", "gaestezimmer", "slaapkamer", "logeerkamer", "bedroom", "bett"]),
    (RoomKind::Bathroom, &["badezimmer", "badzimmer", "badkamer", "bathroom", "duschraum"]),
    (RoomKind::Toilet, &["toilet", "toilette"]),
    (RoomKind::Office, &["arbeitszimmer", "werkkamer"]),
    (RoomKind::Living, &["wohnzimmer", "woonkamer", "livingroom"]),
    (RoomKind::Dining, &["esszimmer", "eetkamer", "diningroom"]),
    (RoomKind::Kitchen, &["kuche", "kueche", "keuken", "kitchen"]),
    (RoomKind::Laundry, &["waschkuche", "waschkueche"]),
    (RoomKind::Storage, &["abstellraum", "abstellkammer", "speisekammer", "keller"]),
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

/// Words for a room of any kind at the end of a word: what stands before them tells which.
#[rustfmt::skip]
pub(super) const ANY_ROOM: &[&str] = &[
    "kammer", "zimmer", "raum", "bereich", "ecke", "trakt", "kamer", "ruimte", "hoek", "room",
];

/// Stems of private kinds, at the beginning or the end of what stands before a head.
#[rustfmt::skip]
pub(super) const FRONTS: &[(RoomKind, &[&str])] = &[
    (RoomKind::Nursery, &["kinder", "spiel", "speel", "barne"]),
    (RoomKind::Bedroom, &["schlaf", "gaste", "gaeste", "eltern", "bett", "slaap", "logeer", "sove"]),
    (RoomKind::Bathroom, &["bade", "dusch"]),
];

/// Entries that people also use for rooms of any kind: they tell theirs only where all other words are known.
#[rustfmt::skip]
pub(super) const WIDE: &[&str] = &[
    "sala", "studio", "estudio", "loft", "attic", "basement", "mezzanine", "grenier", "keller", "dachboden",
    "sotano", "desvan", "mansarda", "soffitta", "zolder", "strych",
];

/// Words that make no other kind of a room, next to modifiers.
#[rustfmt::skip]
pub(super) const NEUTRAL: &[&str] = &[
    "the", "of", "and", "with", "my", "our", "big", "small", "upstairs", "downstairs", "upper", "lower",
    "left", "right",
    "de", "du", "des", "la", "le", "les", "et", "avec", "petit", "petite", "grand", "principale", "haut", "bas",
    "der", "die", "das", "und", "mit", "im", "am",
    "del", "el", "los", "las", "con", "tv", "principal", "grande", "pequena", "pequeno", "arriba", "abajo",
    "di", "da", "della", "piccola", "piccolo", "sopra", "sotto",
    "het", "van", "en", "met", "groot", "grote", "kleine",
];
