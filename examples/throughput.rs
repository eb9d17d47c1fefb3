//! MB/s of each stage and of the whole, on the files of a folder: `cargo run --release --example throughput FOLDER [EVERY]`.
//!
//! `EVERY` takes each so manieth file only. MB are 10⁶ bytes of decoded UTF-8; one thread; files are read beforehand.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fangan::lexicon::Lexicon;
use fangan::{Options, clean, decode, extract, outline, parse, split};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: throughput FOLDER [EVERY]");
        std::process::exit(2);
    };
    let every = arguments.next().and_then(|every| every.parse().ok()).unwrap_or(1);
    let mut paths = Vec::new();
    collect(Path::new(&folder), &mut paths)?;
    paths.sort();
    let files = paths.iter().step_by(every).map(std::fs::read).collect::<std::io::Result<Vec<_>>>()?;

    let lexicon = Lexicon::builtin();
    let options = Options::default();
    // Tables and patterns are compiled when first used: not a cost of the texts.
    if let Some(first) = files.first() {
        parse(decode::decode(first).text, lexicon, &options);
    }

    let mut names = ["decode", "clean", "split", "outline", "outline + extract"].map(|name| (name, Duration::ZERO));
    let (mut size, mut plans, mut slowest) = (0, 0, (Duration::ZERO, 0));
    for (number, bytes) in files.iter().enumerate() {
        let mut clocks = names.iter_mut().map(|(_, total)| total);
        let begun = Instant::now();
        let text = timed(clocks.next(), || decode::decode(bytes).text);
        let (cleaned, _) = timed(clocks.next(), || clean::clean(&text, lexicon, &options));
        let (divided, _) = timed(clocks.next(), || split::split(&cleaned, lexicon));
        timed(clocks.next(), || {
            for document in &divided.documents {
                std::hint::black_box(outline::outline(&cleaned.text, document.span, lexicon));
            }
        });
        timed(clocks.next(), || {
            for document in &divided.documents {
                std::hint::black_box(extract::plan(&cleaned.text, document, lexicon));
            }
        });
        let took = begun.elapsed();
        size += text.len();
        plans += divided.documents.len();
        slowest = slowest.max((took * 1000 / text.len().max(1) as u32, number));
    }
    println!("{} files, {plans} plans, {:.2} MB", files.len(), size as f64 / 1e6);
    for (name, took) in names {
        print_rate(name, size, took);
    }
    let begun = Instant::now();
    for bytes in &files {
        std::hint::black_box(parse(decode::decode(bytes).text, lexicon, &options));
    }
    print_rate("whole", size, begun.elapsed());
    if let Some(path) = paths.iter().step_by(every).nth(slowest.1) {
        println!("slowest for its size: {}", path.display());
    }
    Ok(())
}

fn timed<T>(clock: Option<&mut Duration>, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let made = std::hint::black_box(work());
    if let Some(clock) = clock {
        *clock += begun.elapsed();
    }
    made
}

fn print_rate(name: &str, size: usize, took: Duration) {
    println!("{name:<20} {:8.1} MB/s", size as f64 / 1e6 / took.as_secs_f64());
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
