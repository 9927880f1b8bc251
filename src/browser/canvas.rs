//! Colours as the page shows them, and drawings as pixels.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement};

/// The colour of a token of the style sheets in the theme that is shown, as `#rrggbb`: other
/// programs know neither tokens nor the colour spaces that these are written in.
#[must_use]
pub fn colour(token: &str) -> String {
    of_token(token).unwrap_or_else(|| "#808080".to_owned())
}

fn of_token(token: &str) -> Option<String> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let probe: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
    probe.style().set_property("color", &format!("var(--{token})")).ok()?;
    let body = document.body()?;
    body.append_child(&probe).ok()?;
    let shown = window.get_computed_style(&probe).ok()??.get_property_value("color");
    probe.remove();
    let (_, context) = canvas(1, 1)?;
    context.set_fill_style_str(&shown.ok()?);
    context.fill_rect(0.0, 0.0, 1.0, 1.0);
    let pixel = context.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
    let mut parts = pixel.iter().copied();
    let mut part = || parts.next();
    Some(format!("#{:02x}{:02x}{:02x}", part()?, part()?, part()?))
}

fn canvas(width: u32, height: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

/// An SVG as a PNG of `scale` times its size; nothing where the browser refuses.
pub async fn png(svg: &str, scale: f64) -> Option<Blob> {
    let image = HtmlImageElement::new().ok()?;
    // Not a `blob:` address: the page's policy allows pictures of its own text only.
    let text: String = js_sys::encode_uri_component(svg).into();
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (f64::from(image.width()) * scale, f64::from(image.height()) * scale);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let (canvas, context) = canvas(width as u32, height as u32)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
        .ok()?;
    let blob = Promise::new(&mut |done, _| {
        drop(canvas.to_blob(&done));
    });
    let blob: JsValue = JsFuture::from(blob).await.ok()?;
    blob.dyn_into().ok()
}
