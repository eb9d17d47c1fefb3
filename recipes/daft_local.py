"""A folder of Parquet files with documents to tables of fangan, with Daft.

    python recipes/daft_local.py DOCUMENTS OUT --id url --text content --tables plans phases

DOCUMENTS holds Parquet files with a column of ids and a column of texts. OUT gets a folder of Parquet files for each
table, and `parsed`, from which they are taken. Daft reads, divides and writes; what it calls on each batch is
`fangan.parse_batches`. With a cluster of Ray, whose workers need `pip install fangan pyarrow`, give
`--ray ray://HOST:10001`; nothing else changes.
"""

from __future__ import annotations

import argparse

import daft
import fangan as fg
import pyarrow as pa
from daft import col

SCHEMA = fg.arrow_schema(None)


@daft.func.batch(return_dtype=daft.DataType.from_arrow_type(pa.struct(SCHEMA)), unnest=True, batch_size=512)
def parsed(ids: daft.Series, texts: daft.Series) -> pa.Array:
    """All tables of documents, a row a document."""
    batch = pa.table({"id": ids.to_arrow(), "text": texts.to_arrow()})
    batches = fg.parse_batches(batch, table=None, id="id", text="text")
    return pa.Table.from_batches(batches, SCHEMA).to_struct_array().combine_chunks()


def main(arguments: list[str] | None = None) -> None:
    """Read, parse, write."""
    known = SCHEMA.names[1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", help="folder of Parquet files")
    parser.add_argument("out", help="folder for the tables; those that are there are replaced")
    parser.add_argument("--tables", nargs="+", choices=known, default=known, metavar="TABLE")
    parser.add_argument("--id", default="id", help="column of ids")
    parser.add_argument("--text", default="text", help="column of texts")
    parser.add_argument("--ray", help="address of a cluster of Ray; by default this machine does the work")
    chosen = parser.parse_args(arguments)

    if chosen.ray:
        daft.set_runner_ray(chosen.ray)
    documents = daft.read_parquet(f"{chosen.documents}/**/*.parquet")
    # A batch knows its own ids only; two documents with one id could not be told apart later.
    counts = documents.groupby(chosen.id).agg(col(chosen.id).count("all").alias("n"))
    twice = counts.where(col("n") > 1).limit(1).to_pylist()
    if twice:
        raise SystemExit(f"{twice[0]['n']} documents have the id {twice[0][chosen.id]!r}")

    whole = f"{chosen.out}/parsed"
    documents.select(parsed(col(chosen.id), col(chosen.text))).write_parquet(whole, write_mode="overwrite")
    for table in chosen.tables:
        rows = daft.read_parquet(f"{whole}/*.parquet").select(table).explode(table, ignore_empty_and_null=True)
        rows.select(col(table).unnest()).write_parquet(f"{chosen.out}/{table}", write_mode="overwrite")


if __name__ == "__main__":
    main()
