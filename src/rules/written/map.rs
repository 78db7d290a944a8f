//! Tables that say where things lie.

use serde::Deserialize;

use super::Spanned;

/// `[map.x]`: where nodes are drawn whose attribute `x`, or whose name, is that of a place.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MapWritten {
    /// CSV file of the pack with the columns `name`, `latitude` and `longitude`, in degrees north and east.
    pub places: Spanned<String>,
    /// CSV file of the pack with the columns `kind` (`land` or `border`) and `line`: latitudes and longitudes by turns.
    pub ground: Option<Spanned<String>>,
}
