//! Print what the pipeline makes of a file: `cargo run --release --example parse FILE [sections|plans|all]`.

use fangan::lexicon::Lexicon;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: parse FILE [plans|all]");
        std::process::exit(2);
    };
    let everything = arguments.next().is_some_and(|what| what == "all");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        std::process::exit(1);
    });
    let parsed = fangan::parse(fangan::decode::decode(&bytes).text, Lexicon::builtin(), &fangan::Options::default());
    for plan in &parsed.plans {
        let span = plan.span.of(&parsed.cleaned.text);
        let head: String = span.chars().take(30).collect();
        let tail: String = span.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        println!(
            "== {} {:?} | {head:?} … {tail:?} | {} {:?} {:?}",
            plan.ordinal, plan.title, plan.truncated, plan.issuer, plan.issued
        );
        for section in &plan.sections {
            println!(
                "{}{} | {} | {:?}",
                "  ".repeat(section.level as usize),
                section.marker,
                section.heading,
                section.component.map(fangan::model::Component::as_str)
            );
        }
        if everything {
            println!("{plan:#?}");
        }
    }
    for diagnostic in &parsed.diagnostics {
        println!("{diagnostic:?}");
    }
}
