//! Orders of stops.

use nalgebra::Point2;

/// Lengths between all stops.
pub(crate) fn legs(
    stops: &[Point2<f64>],
    mut length: impl FnMut(Point2<f64>, Point2<f64>) -> Option<f64>,
) -> Vec<Vec<f64>> {
    let mut row = |from| stops.iter().map(|&to| length(from, to).unwrap_or(f64::INFINITY)).collect();
    stops.iter().map(|&from| row(from)).collect()
}

/// The length of an order, from the first stop on.
pub(crate) fn length(legs: &[Vec<f64>], order: &[usize]) -> f64 {
    let stops = [&[0], order].concat();
    stops.windows(2).map(|pair| legs[pair[0]][pair[1]]).sum()
}

/// The shortest order of all stops from the first on; of equally short ones the first by number.
pub(crate) fn best_order(legs: &[Vec<f64>]) -> Vec<usize> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 1..legs.len() {
        let longer = |order: &Vec<usize>| {
            let open = (1..legs.len()).filter(|stop| !order.contains(stop)).collect::<Vec<_>>();
            open.into_iter().map(|stop| [&order[..], &[stop]].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders.into_iter().min_by(|a, b| length(legs, a).total_cmp(&length(legs, b))).unwrap_or_default()
}
