//! The built-in drawing as pixels.

use resvg::{tiny_skia, usvg};

use super::error::ExportError;

/// Pixels for each pixel of the drawing: sharp on a dense screen.
const SCALE: f32 = 2.0;
/// Longest side of a picture; a larger drawing is made smaller rather than run out of memory.
const LONGEST: f32 = 12_000.0;

/// Turns an SVG into a PNG with the fonts of this machine.
///
/// # Errors
/// When no font is found: without one all text would silently be missing.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, ExportError> {
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    let families = ["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans"];
    let known = |name: &str| fonts.faces().any(|face| face.families.iter().any(|(family, _)| family == name));
    let first = families.into_iter().find(|name| known(name)).map(String::from);
    let any = || fonts.faces().next().and_then(|face| face.families.first()).map(|(family, _)| family.clone());
    let family = first.or_else(any).ok_or_else(|| {
        ExportError::picture("no font is installed, and the picture would have no text; write svg instead")
    })?;
    fonts.set_sans_serif_family(&family);
    fonts.set_serif_family(&family);
    options.font_family = family;
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| ExportError::picture(error.to_string()))?;
    let size = tree.size();
    let scale = SCALE.min(LONGEST / size.width().max(size.height()));
    let (width, height) = ((size.width() * scale).ceil(), (size.height() * scale).ceil());
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| ExportError::picture("the drawing has no size"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ExportError::picture(error.to_string()))
}
