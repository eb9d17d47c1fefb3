//! One row in every table: the writers and the schema must agree cell by cell.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::model::*;
use crate::span::Span;

fn one_of_everything() -> Outcome {
    let source = "第一阶段（2010年5月）".to_owned();
    let span = Span::new(0, source.len());
    let day = Moment { date: jiff::civil::date(2010, 5, 1), precision: Precision::Month };
    let text = || Some("甲".to_owned());
    let plan = Plan {
        ordinal: 1,
        span,
        title: text(),
        issued: Some(day),
        sections: vec![Section {
            id: 1,
            parent: None,
            level: 1,
            marker: "一、".into(),
            number: Some(1),
            heading: "总则".into(),
            component: Some(Component::Overall),
            text: String::new(),
            span,
            heading_span: span,
            whole: span,
            merged: false,
        }],
        phases: vec![Phase {
            id: 1,
            parent: None,
            ordinal: 1,
            level: 1,
            kind: PhaseKind::Stage,
            label: text(),
            name: None,
            stage: Some(Stage::Mobilise),
            start: Some(day),
            end: None,
            date_text: None,
            span,
        }],
        criteria: vec![Criterion {
            id: 1,
            framework: "五个好".into(),
            kind: CriterionKind::Standard,
            applies_to: None,
            declared: Some(5),
            found: 0,
            ordinal: None,
            item: None,
            span,
        }],
        targets: vec![Target {
            quote: "甲".into(),
            subject: None,
            indicator: None,
            comparator: Some(Comparator::AtLeast),
            value: Some(90.0),
            value_max: None,
            unit: text(),
            deadline: Some(day),
            deadline_basis: Some(DeadlineBasis::Stated),
            is_target: true,
            reason: None,
            span,
        }],
        leaders: vec![Leader { body: "甲".into(), role: "组长".into(), name: "某某".into(), post: None, span }],
        references: vec![Reference { title: text(), doc_number: None, relation: Relation::Basis, span }],
        slogans: vec![Slogan { formula: "三个代表".into(), declared: Some(3), items: vec![], span }],
        ..Plan::default()
    };
    let parsed = Parsed {
        cleaned: Cleaned {
            text: source.clone(),
            repairs: vec![Repair { kind: RepairKind::Ocr, span, after: "乙".into(), confidence: Some(0.9) }],
            script: Some(Script::Hans),
            ..Cleaned::default()
        },
        source,
        plans: vec![plan],
        unparsed: vec![Unparsed { plan: Some(1), span, text: "甲".into() }],
        diagnostics: vec![Diagnostic::warning("numbering-gap", span, "甲")],
        noise: vec!["ocr"],
        coverage: 1.0,
    };
    Outcome::new(Origin { source_id: "a".into(), ..Origin::default() }, parsed)
}

#[test]
fn every_writer_agrees_with_the_schema() {
    let mut tables = Tables::default();
    tables.push(&one_of_everything());
    let batches = tables.finish().expect("columns of equal length");
    for ((name, schema), batch) in tables.schemas().iter().zip(&batches) {
        assert_eq!(batch.num_rows(), 1, "{name}");
        assert_eq!(batch.schema(), *schema, "{name}");
    }
    assert!(tables.finish().expect("empty tables").iter().all(|batch| batch.num_rows() == 0));
}

#[test]
fn some_columns_of_a_table_are_those_of_the_whole_table() {
    let outcome = one_of_everything();
    let mut all = Tables::default();
    all.push(&outcome);
    for ((name, schema), whole) in all.schemas().into_iter().zip(all.finish().expect("columns of equal length")) {
        for column in schema.fields() {
            let mut one = Tables::only(name, |wanted| wanted == column.name());
            one.push(&outcome);
            let [batch] = &one.finish().expect("columns of equal length")[..] else { panic!("one table") };
            assert_eq!(batch.num_columns(), 1, "{name}.{}", column.name());
            assert_eq!(Some(batch.column(0)), whole.column_by_name(column.name()), "{name}.{}", column.name());
        }
    }
    assert!(Tables::only("nothing", |_| true).schemas().is_empty());
}
