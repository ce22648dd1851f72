//! The disclosure in words, English and French.

use core::fmt::Write;

use super::figures::{CapPercents, Disclosure};
use super::gaps::GAPS;
use crate::keeper::consent::{ConsentStatus, Purpose};
use crate::policy::OptIn;

/// A language of the disclosure.
///
/// ```
/// use homeveil::Policy;
/// use homeveil::keeper::{Disclosure, Language, UnixTime};
/// let disclosure = Disclosure::of(&Policy::sealed(), None, UnixTime::default());
/// assert!(disclosure.text(Language::French).starts_with("CE QUI QUITTE VOTRE ROBOT"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Disclosure {
    /// The disclosure as text: headings, paragraphs, and lists with a hyphen; one line each.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let (say, mut text) = (Say { language }, String::new());
        let sections = [
            self.leaves(say),
            self.cannot_tell(say),
            self.besides(say),
            Self::not_covered(say),
            self.consented(say),
        ];
        for (heading, lines) in sections {
            let _ = writeln!(text, "{heading}");
            for line in lines {
                let _ = writeln!(text, "{line}");
            }
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    fn leaves(&self, say: Say) -> (String, Vec<String>) {
        let Self { plans, zones, areas, floors, .. } = self;
        let blind = say.percent(self.blind_percent);
        let mut lines = vec![if *floors == 1 {
            say.either(
                format!("A public floor plan with {zones} zones, doors, a dock and {areas} numbered areas, the same numbers for every home."),
                format!("Un plan public avec {zones} zones, des portes, une base de charge et {areas} emplacements numérotés, en même nombre pour tous les logements."),
            )
        } else {
            say.either(
                format!("Public plans of {floors} floors, however many your home has, each with {zones} zones, doors, a dock and {areas} numbered areas, the same numbers for every home."),
                format!("Les plans publics de {floors} étages, quel que soit leur nombre chez vous, chacun avec {zones} zones, des portes, une base de charge et {areas} emplacements numérotés, en même nombre pour tous les logements."),
            )
        }];
        if *plans == 1 {
            lines.push(say.either(
                "There is only one such plan. Every home gets it, so it says nothing about yours.",
                "Il n'existe qu'un seul plan. Tous les logements le reçoivent : il ne dit rien du vôtre.",
            ));
        } else {
            lines.push(say.either(
                format!("It is one of {plans} plans that all homes share, so it does not point to your household."),
                format!("C'est l'un des {plans} plans que tous les logements se partagent : il ne désigne donc pas votre foyer."),
            ));
            lines.push(if *floors == 1 {
                say.either(
                    format!("With probability {blind} this map was drawn without looking at your home at all."),
                    format!("Avec une probabilité de {blind}, ce plan a été tiré au sort sans regarder votre logement."),
                )
            } else {
                say.either(
                    format!("Each floor is drawn by itself; with probability {blind} it was drawn without looking at your home at all."),
                    format!("Chaque étage est tiré à part ; avec une probabilité de {blind}, il l'a été sans regarder votre logement."),
                )
            });
        }
        lines.push(say.either(
            "The map is drawn once. It stays the same when furniture moves or a door is shut, until you ask for a new one.",
            "Le plan est tiré une seule fois. Il reste le même quand un meuble bouge ou qu'une porte se ferme, jusqu'à ce que vous en demandiez un nouveau.",
        ));
        let minutes = self.done_after_s.div_ceil(60);
        lines.push(say.either(
            format!("A command from the cloud is answered \"accepted\", then \"done\" after a fixed time ({minutes} min), however long the cleaning took."),
            format!("Une commande venue du cloud reçoit la réponse « acceptée », puis « terminée » après un délai fixe ({minutes} min), quelle qu'ait été la durée du nettoyage."),
        ));
        (say.either("WHAT LEAVES YOUR ROBOT", "CE QUI QUITTE VOTRE ROBOT"), lines)
    }

    fn cannot_tell(&self, say: Say) -> (String, Vec<String>) {
        let heading = say.either("WHAT IT CANNOT TELL", "CE QU'IL NE PEUT PAS DIRE");
        if self.plans == 1 {
            return (
                heading,
                vec![say.either(
                    "Anything about your home: not its size, not its layout, not who lives there.",
                    "Rien de votre logement : ni sa taille, ni sa disposition, ni qui l'habite.",
                )],
            );
        }
        let factor = self.release.odds;
        let mut lines = vec![say.either(
            format!("Whoever sees the map, whatever they knew before, can change their odds on anything about your home (its size, its layout, your income) by at most a factor of {factor}."),
            format!("Qui voit ce plan, quoi qu'il ait su auparavant, ne peut changer la cote d'une supposition sur votre logement (sa taille, sa disposition, vos revenus) que d'un facteur {factor} au plus."),
        )];
        lines.extend(Self::caps(&CapPercents::of(&self.release), say));
        let factor = self.life.odds;
        lines.push(say.either(
            format!("Over the life of your robot, if new maps are drawn as often as is allowed, all of them together come to at most a factor of {factor}."),
            format!("Sur toute la vie de votre robot, si de nouveaux plans sont tirés aussi souvent qu'il est permis, l'ensemble atteint au plus un facteur {factor}."),
        ));
        lines.extend(Self::caps(&CapPercents::of(&self.life), say));
        (heading, lines)
    }

    fn caps(caps: &CapPercents, say: Say) -> [String; 5] {
        let percents =
            [caps.even_guess, caps.rare_guess, caps.ten_of_hundred, caps.r_squared, caps.advantage, caps.auc];
        let [even, rare, ten, explained, advantage, auc] = percents.map(|percent| say.percent(percent));
        let [half, one, luck] = [50.0, 1.0, 10.0].map(|percent| say.percent(percent));
        [
            say.either(
                format!("- A guess that had a {half} chance of being right then has at most {even}."),
                format!("- Une supposition qui avait {half} de chances d'être juste en a ensuite {even} au plus."),
            ),
            say.either(
                format!("- A guess that had a {one} chance of being right then has at most {rare}."),
                format!("- Une supposition qui avait {one} de chances d'être juste en a ensuite {rare} au plus."),
            ),
            say.either(
                format!("- If your home is one of a hundred equally likely ones, ten picks hit it in at most {ten} of cases (by luck: {luck})."),
                format!("- Si votre logement est l'un de cent, tous également probables, dix choix tombent sur lui dans {ten} des cas au plus (au hasard : {luck})."),
            ),
            say.either(
                format!("- Of the differences between homes, in size, income or anything else, it explains at most {explained}."),
                format!("- Des différences entre logements, de taille, de revenus ou autres, il explique {explained} au plus."),
            ),
            say.either(
                format!("- A test that tells your home from another one is ahead of pure luck by at most {advantage} (area under its curve: at most {auc})."),
                format!("- Un test qui distingue votre logement d'un autre dépasse le pur hasard de {advantage} au plus (aire sous sa courbe : {auc} au plus)."),
            ),
        ]
    }

    fn besides(&self, say: Say) -> (String, Vec<String>) {
        let heading = say.either("WHAT THE ROBOT TELLS BESIDES", "CE QUE LE ROBOT DIT EN PLUS");
        let mut lines: Vec<String> = self.opt_ins.iter().map(|&opt_in| say.opt_in(opt_in)).collect();
        if lines.is_empty() {
            lines.push(say.either("- Nothing.", "- Rien."));
        }
        (heading, lines)
    }

    fn not_covered(say: Say) -> (String, Vec<String>) {
        let heading = say.either("WHAT THIS DOES NOT PROTECT AGAINST", "CE QUI N'EST PAS PROTÉGÉ");
        (heading, GAPS.map(|[_, english, french]| say.either(english, french)).to_vec())
    }

    fn consented(&self, say: Say) -> (String, Vec<String>) {
        let heading = say.either("YOUR CONSENT", "VOTRE CONSENTEMENT");
        let mut lines = vec![say.status(self.consent_status)];
        if let Some(consent) = &self.consent {
            let purposes: Vec<String> =
                consent.purposes.iter().map(|&purpose| say.purpose(purpose)).collect();
            let controller = &consent.controller;
            let purposes = say.either(purposes.join("; "), purposes.join(" ; "));
            let (from, until) = (consent.given_at, consent.expires_at);
            lines.push(say.either(
                format!("- Asked by: {controller}; from {from} until {until}."),
                format!("- Demandé par : {controller} ; du {from} au {until}."),
            ));
            lines.push(say.either(format!("- For: {purposes}."), format!("- Pour : {purposes}.")));
            if !consent.recipients.is_empty() {
                let recipients = consent.recipients.join(", ");
                lines.push(say.either(
                    format!("- The map also goes to: {recipients}."),
                    format!("- Le plan est aussi remis à : {recipients}."),
                ));
            }
            if let Some(at) = consent.withdrawn_at {
                lines.push(say.either(format!("- Withdrawn: {at}."), format!("- Retiré : {at}.")));
            }
        }
        lines.push(say.either(
            "You can withdraw your consent at any time. From then on the robot gives out no map; what was given out before is not called back.",
            "Vous pouvez retirer votre consentement à tout moment. Dès lors, le robot ne remet plus de plan ; ce qui a été remis auparavant ne revient pas.",
        ));
        (heading, lines)
    }
}

/// Chooses the words.
#[derive(Clone, Copy)]
struct Say {
    language: Language,
}

impl Say {
    fn either(self, english: impl Into<String>, french: impl Into<String>) -> String {
        match self.language {
            Language::English => english.into(),
            Language::French => french.into(),
        }
    }

    /// A figure with at most one digit after the point.
    fn percent(self, percent: f64) -> String {
        let figure = format!("{percent:.1}");
        let figure = figure.strip_suffix(".0").unwrap_or(&figure);
        self.either(format!("{figure}%"), format!("{}\u{a0}%", figure.replace('.', ",")))
    }

    fn opt_in(self, opt_in: OptIn) -> String {
        let (english, french) = match opt_in {
            OptIn::Zone => (
                "- In which zone of the map it is. The times between zones show how large your rooms are and when they are cleaned.",
                "- La zone du plan où il se trouve. Les temps de passage montrent la taille de vos pièces et les heures où elles sont nettoyées.",
            ),
            OptIn::ProgressTenths => (
                "- How much of a cleaning is done, in tenths. Its pace shows how large the cleaned area is.",
                "- L'avancement du nettoyage, en dixièmes. Son rythme montre la taille de la surface nettoyée.",
            ),
            OptIn::TrueDuration => (
                "- How long a cleaning really took. One such time alone tells most of how large your home is.",
                "- La durée réelle d'un nettoyage. Une seule de ces durées dit presque tout de la taille de votre logement.",
            ),
            OptIn::Failure => (
                "- That a cleaning failed, and why. It shows shut doors and when people are at home.",
                "- L'échec d'un nettoyage et sa cause. Cela révèle les portes fermées et les heures de présence.",
            ),
            OptIn::Pose => (
                "- Where on the map it is, as it moves. Followed for long enough, it shows the shape and size of your rooms.",
                "- Sa position sur le plan, au fil de ses mouvements. Suivie assez longtemps, elle montre la forme et la taille de vos pièces.",
            ),
        };
        self.either(english, french)
    }

    fn status(self, status: ConsentStatus) -> String {
        let (english, french) = match status {
            ConsentStatus::Unknown => ("You have not been asked yet.", "On ne vous l'a pas encore demandé."),
            ConsentStatus::Requested => {
                ("Your consent does not hold yet.", "Votre consentement ne vaut pas encore.")
            }
            ConsentStatus::Refused => ("You have refused.", "Vous l'avez refusé."),
            ConsentStatus::Given => ("You have given it.", "Vous l'avez donné."),
            ConsentStatus::Expired => ("It has expired.", "Il a expiré."),
            ConsentStatus::Withdrawn => ("You have withdrawn it.", "Vous l'avez retiré."),
        };
        self.either(english, french)
    }

    fn purpose(self, purpose: Purpose) -> String {
        let (english, french) = match purpose {
            Purpose::RequestedServiceProvision => {
                ("the service you asked for", "le service que vous avez demandé")
            }
            Purpose::ServiceOptimisation => {
                ("making the service work better", "un meilleur fonctionnement du service")
            }
            Purpose::ServicePersonalisation => {
                ("fitting the service to you", "l'adaptation du service à votre foyer")
            }
            Purpose::ImproveExistingProductsAndServices => {
                ("improving products and services", "l'amélioration des produits et services")
            }
            Purpose::ResearchAndDevelopment => {
                ("research and development", "la recherche et le développement")
            }
            Purpose::AcademicResearch => ("academic research", "la recherche universitaire"),
            Purpose::CommercialResearch => ("commercial research", "la recherche commerciale"),
            Purpose::Marketing => ("marketing", "le marketing"),
            Purpose::TargetedAdvertising => ("advertising aimed at you", "la publicité ciblée"),
            Purpose::SellInsightsFromData => {
                ("selling what the data says", "la vente de ce que disent les données")
            }
            Purpose::SellDataToThirdParties => {
                ("selling the data to others", "la vente des données à des tiers")
            }
        };
        self.either(english, french)
    }
}
