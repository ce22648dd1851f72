//! For programs.

use crate::AuditError;
use crate::bench::Audit;

/// All findings as JSON. Numbers that are not finite, as an odds factor of a home that only one release is possible
/// for, become `null`.
///
/// # Errors
/// Never in practice: all names and numbers can be written.
pub fn to_json(audit: &Audit) -> Result<String, AuditError> {
    Ok(serde_json::to_string_pretty(audit)? + "\n")
}
