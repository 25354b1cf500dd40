//! Records all sessions anew: `cargo run -p cognito-tests --bin record`. Names such as `moto-groups` record those alone.

use cognito_tests::recording::Recorder;
use cognito_tests::servers::{Server, version};
use cognito_tests::session::Kind;
use cognito_tests::sessions::sessions;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    let servers: [(Kind, fn() -> Server); 2] = [(Kind::Ministack, Server::ministack), (Kind::Moto, Server::moto)];
    for (kind, start) in servers {
        for (name, run) in sessions(kind) {
            if !wanted.is_empty() && !wanted.contains(&format!("{}-{name}", kind.name())) {
                continue;
            }
            // A server for each, so that no session sees what another has left.
            let server = start();
            let recorder = Recorder::new(kind, version(kind.name()), &server.url());
            run(&recorder.session()).await;
            println!("{}", recorder.save(name)?.display());
        }
    }
    Ok(())
}
