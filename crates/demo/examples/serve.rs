//! Serves the four emulated providers alone, on the port that is given (8081 unless told).

use demo::{Demo, Limits, Options};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "8081".to_owned());
    let limits =
        if std::env::args().any(|word| word == "off") { Limits::Off } else { Limits::Real };
    let origin = format!("http://127.0.0.1:{port}");
    let demo = Demo::new(Options { limits, origin, ..Options::default() });
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, demo.router()).await
}
