//! What the promise does not cover, in words.

/// What the promise does not cover: name, English, French.
pub(super) const GAPS: [[&str; 3]; 9] = [
    [
        "cleaning_time",
        "- How long cleaning takes. Whoever can time it, from a power meter for instance, can estimate the size of your home.",
        "- La durée du nettoyage. Quiconque peut la mesurer, sur un compteur électrique par exemple, peut estimer la taille de votre logement.",
    ],
    [
        "traffic",
        "- How much data the robot sends, and when.",
        "- La quantité de données que le robot envoie, et à quel moment.",
    ],
    [
        "live_positions",
        "- Live positions of the robot, where they are sent.",
        "- Les positions du robot en direct, là où elles sont envoyées.",
    ],
    [
        "names",
        "- Names that you give to areas, where you type them into an app of the cloud.",
        "- Les noms que vous donnez aux emplacements, si vous les saisissez dans une application du cloud.",
    ],
    [
        "policy_of_one_home",
        "- Settings that the maker chose for your home alone: they would themselves tell of it.",
        "- Des réglages que le fabricant aurait choisis pour votre seul logement : ils en diraient eux-mêmes quelque chose.",
    ],
    [
        "several_robots",
        "- Several robots in one home that each draw a map of their own.",
        "- Plusieurs robots d'un même logement qui tireraient chacun leur propre plan.",
    ],
    [
        "leaked_key",
        "- Someone who gets the private key or the stored state out of the robot, or sets its storage back.",
        "- Quiconque extrait du robot la clé privée ou l'état enregistré, ou ramène sa mémoire à un état antérieur.",
    ],
    [
        "other_firmware",
        "- Software on the robot that does not use this library.",
        "- Un logiciel du robot qui n'utiliserait pas cette bibliothèque.",
    ],
    [
        "same_release",
        "- All recipients get the same file. Two of them who compare can tell that it is from the same household.",
        "- Tous les destinataires reçoivent le même fichier. S'ils comparent, ils voient qu'il vient du même foyer.",
    ],
];
