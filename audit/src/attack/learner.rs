//! Attackers that learn from features.

use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::ridge_regression::{RidgeRegression, RidgeRegressionParameters};
use smartcore::metrics::distance::euclidian::Euclidian;
use smartcore::neighbors::knn_regressor::{KNNRegressor, KNNRegressorParameters};
use smartcore::xgboost::xgb_regressor::{XGRegressor, XGRegressorParameters};

use super::{Attacker, Evidence, Guess, Lesson};
use crate::AuditError;

/// The weight of the ridge, for features of unit variance.
const RIDGE: f64 = 1.0;

/// Neighbours that are asked, at most.
const NEIGHBOURS: usize = 15;

/// Trees, their depth, and how much of each is taken: usual values, chosen before anything was measured.
const TREES: usize = 60;
const DEPTH: u16 = 3;
const RATE: f64 = 0.1;

/// An attacker that learns from [features](super::features::NAMES) of unit variance. A feature that is the same in all
/// lessons is left out; where that leaves none, the mean is guessed.
///
/// ```
/// use homeveil_audit::attack::{Attacker, Evidence, Learner, Lesson};
/// use homeveil_audit::mechanism::Seen;
/// let left = |size| Evidence::of(Seen { bytes: vec![0; size], grid: None, regions_m2: vec![], outcome: None });
/// let known: Vec<_> = (100..200).map(|size| (left(size), 3.0 * size as f64)).collect();
/// let lessons: Vec<_> = known.iter().map(|(evidence, truth)| Lesson { evidence, truth: *truth }).collect();
/// for learner in Learner::ALL {
///     assert!((learner.learn(&lessons)?.of(&left(150))? - 450.0).abs() < 15.0);
/// }
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learner {
    /// Ridge regression.
    Ridge,
    /// The mean of the nearest neighbours.
    Neighbours,
    /// Gradient-boosted trees.
    Trees,
}

impl Learner {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ridge, Self::Neighbours, Self::Trees];
}

type Matrix = DenseMatrix<f64>;
type Neighbours = KNNRegressor<f64, f64, Matrix, Vec<f64>, Euclidian<f64>>;

enum Model {
    Ridge(RidgeRegression<f64, f64, Matrix, Vec<f64>>),
    Neighbours(Neighbours),
    Trees(XGRegressor<f64, f64, Matrix, Vec<f64>>),
    Mean,
}

/// What was learnt, in units of the lessons' mean and spread.
struct Learnt {
    model: Model,
    scale: Scale,
    mean: f64,
    spread: f64,
}

/// Features that differ, their means and spreads.
struct Scale(Vec<(usize, f64, f64)>);

impl Scale {
    fn of(lessons: &[Lesson<'_>]) -> Self {
        let count = lessons.first().map_or(0, |lesson| lesson.evidence.features.len());
        let of = |feature: usize| {
            let (mean, spread) = moments(lessons.iter().map(|lesson| lesson.evidence.features[feature]));
            // What rounding alone makes differ is the same.
            (spread > 1e-9 * mean.abs().max(1e-9)).then_some((feature, mean, spread))
        };
        Self((0..count).filter_map(of).collect())
    }

    fn row(&self, evidence: &Evidence) -> Vec<f64> {
        self.0.iter().map(|&(feature, mean, spread)| (evidence.features[feature] - mean) / spread).collect()
    }
}

fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / count;
    (mean, (values.map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt())
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` takes")]
fn failed(error: smartcore::error::Failed) -> AuditError {
    AuditError::Learning(error.to_string())
}

impl Attacker for Learner {
    fn name(&self) -> String {
        let name = match self {
            Self::Ridge => "ridge regression",
            Self::Neighbours => "nearest neighbours",
            Self::Trees => "boosted trees",
        };
        name.to_owned()
    }

    fn learn(&self, lessons: &[Lesson<'_>]) -> Result<Box<dyn Guess>, AuditError> {
        let scale = Scale::of(lessons);
        let (mean, spread) = moments(lessons.iter().map(|lesson| lesson.truth));
        if scale.0.is_empty() || spread <= 0.0 {
            return Ok(Box::new(Learnt { model: Model::Mean, scale, mean, spread }));
        }
        let rows: Vec<Vec<f64>> = lessons.iter().map(|lesson| scale.row(lesson.evidence)).collect();
        let matrix = Matrix::from_2d_vec(&rows).map_err(failed)?;
        let truths: Vec<f64> = lessons.iter().map(|lesson| (lesson.truth - mean) / spread).collect();
        let model = match self {
            // Its equations need more lessons than features; nobody learns from fewer.
            Self::Ridge if lessons.len() <= scale.0.len() => Model::Mean,
            Self::Ridge => {
                let parameters = RidgeRegressionParameters::default().with_alpha(RIDGE).with_normalize(false);
                Model::Ridge(RidgeRegression::fit(&matrix, &truths, parameters).map_err(failed)?)
            }
            Self::Neighbours => {
                let most = NEIGHBOURS.min(lessons.len());
                let parameters = KNNRegressorParameters::default()
                    .with_k(most)
                    .with_algorithm(smartcore::algorithm::neighbour::KNNAlgorithmName::LinearSearch);
                Model::Neighbours(KNNRegressor::fit(&matrix, &truths, parameters).map_err(failed)?)
            }
            Self::Trees => {
                let parameters = XGRegressorParameters::default()
                    .with_n_estimators(TREES)
                    .with_max_depth(DEPTH)
                    .with_learning_rate(RATE)
                    .with_min_child_weight(5)
                    .with_base_score(0.0)
                    .with_subsample(1.0)
                    .with_seed(1);
                Model::Trees(XGRegressor::fit(&matrix, &truths, parameters).map_err(failed)?)
            }
        };
        Ok(Box::new(Learnt { model, scale, mean, spread }))
    }
}

impl Guess for Learnt {
    fn of(&self, evidence: &Evidence) -> Result<f64, AuditError> {
        let row = || Matrix::from_2d_vec(&vec![self.scale.row(evidence)]).map_err(failed);
        let guesses = match &self.model {
            Model::Mean => return Ok(self.mean),
            Model::Ridge(model) => model.predict(&row()?),
            Model::Neighbours(model) => model.predict(&row()?),
            Model::Trees(model) => model.predict(&row()?),
        };
        let guess = guesses.map_err(failed)?.first().copied().unwrap_or(0.0);
        Ok(self.mean + self.spread * guess)
    }
}
