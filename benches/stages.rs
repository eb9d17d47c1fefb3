//! Each stage, and the whole, on texts that this file makes: what a stage costs shows on the noise that it is there for.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use fangan::lexicon::Lexicon;
use fangan::{Options, clean, decode, extract, outline, parse, split};

/// A plan such as a county office writes, 1.2 KB.
const PLAN: &str = "望海市卫生局关于印发《2010年农村改厕工作实施方案》的通知
望卫发〔2010〕18号
各县区卫生局，局直各单位：
现将《2010年农村改厕工作实施方案》印发给你们，请结合实际，认真组织实施。
二〇一〇年三月十五日
2010年农村改厕工作实施方案
为改善农村环境，根据《关于加强农村卫生工作的意见》（望政发〔2009〕7号）精神，制定本方案。
一、指导思想
以改善农村人居环境为目标，坚持政府主导、群众参与，扎实推进各项工作。
二、目标任务
（一）全年新建改建户厕5000座以上，普及率达到85%。
（二）12月底前完成村级公厕120座，做到“三到位”：认识到位，措施到位，检查到位。
三、方法步骤
第一阶段：动员部署（2010年3月15日至4月10日）。召开动员会议，张贴标语，层层签订责任书。
第二阶段：组织实施（2010年4月中旬至10月底）。各乡镇按照进度要求施工，每月上报一次进展情况。
第三阶段：检查验收（2010年11月）。逐村逐户检查，考核结果予以通报。
四、保障措施
1、加强领导。成立领导小组，组长由局长担任，副组长由分管副局长担任。
2、严格考核。对连续两个月排名末位的单位予以通报批评。
3、加强宣传。充分利用广播、板报等形式，营造良好氛围。
";

fn inputs() -> Vec<(&'static str, String)> {
    let traditional: String = PLAN
        .chars()
        .map(|c| match c {
            '农' => '農',
            '卫' => '衛',
            '实' => '實',
            '发' => '發',
            '关' => '關',
            '组' => '組',
            '织' => '織',
            '领' => '領',
            '导' => '導',
            c => c,
        })
        .collect();
    vec![
        ("clean", PLAN.to_owned()),
        ("traditional_with_pinyin", traditional.replace('衛', "衛(wèi)").replace('農', "農(nóng)")),
        ("merged_lines", PLAN.replace('\n', "")),
        ("latin", "Notice on the renovation of rural toilets, issued in 2010.\n".repeat(30)),
        ("fifty_documents", PLAN.repeat(50)),
    ]
}

fn stages(criterion: &mut Criterion) {
    let lexicon = Lexicon::builtin();
    let options = Options::default();
    for (name, text) in inputs() {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("decode", |bencher| bencher.iter(|| decode::decode(text.as_bytes())));
        group.bench_function("clean", |bencher| bencher.iter(|| clean::clean(&text, lexicon, &options)));
        let (cleaned, _) = clean::clean(&text, lexicon, &options);
        group.bench_function("split", |bencher| bencher.iter(|| split::split(&cleaned, lexicon)));
        let (divided, _) = split::split(&cleaned, lexicon);
        group.bench_function("outline", |bencher| {
            bencher.iter(|| {
                let outlined =
                    divided.documents.iter().map(|document| outline::outline(&cleaned.text, document.span, lexicon));
                outlined.map(|(sections, _)| sections.len()).sum::<usize>()
            });
        });
        group.bench_function("outline_and_extract", |bencher| {
            bencher.iter(|| {
                let plans = divided.documents.iter().map(|document| extract::plan(&cleaned.text, document, lexicon));
                plans.map(|(plan, _)| plan.phases.len()).sum::<usize>()
            });
        });
        group.bench_function("whole", |bencher| {
            bencher.iter_batched(|| text.clone(), |text| parse(text, lexicon, &options), BatchSize::SmallInput);
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
