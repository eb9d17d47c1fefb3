//! Print what `clean` makes of a file, and its repairs: `cargo run --example clean FILE`; `-q` prints the repairs only.

use fangan::lexicon::Lexicon;
use fangan::pipeline::Options;

fn main() -> std::io::Result<()> {
    let mut quiet = false;
    for argument in std::env::args().skip(1) {
        if argument == "-q" {
            quiet = true;
            continue;
        }
        let decoded = fangan::decode::decode(&std::fs::read(&argument)?);
        let begun = std::time::Instant::now();
        let (cleaned, diagnostics) = fangan::clean::clean(&decoded.text, Lexicon::builtin(), &Options::default());
        let took = begun.elapsed();
        if !quiet {
            println!("{}", cleaned.text);
        }
        println!("== {argument}: {} {:?} {:?} {took:?}", decoded.encoding, cleaned.script, cleaned.noise);
        for repair in &cleaned.repairs {
            println!("{} {:?} -> {:?}", repair.kind.as_str(), repair.before(&decoded.text), repair.after);
        }
        for diagnostic in &diagnostics {
            println!("? {} {} {:?}", diagnostic.code, diagnostic.message, diagnostic.span.of(&cleaned.text));
        }
    }
    Ok(())
}
