"""A folder of Parquet files with documents to a table of fangan, with Daft.

    python recipes/daft_local.py DOCUMENTS OUT --table phases --id url --text content

DOCUMENTS holds Parquet files with a column of ids and a column of texts; OUT becomes a folder of Parquet files. Daft reads,
divides and writes; what it calls on each batch is `fangan.parse_batches`. For a cluster of Ray, where every worker has
fangan, give `--ray ray://HOST:10001`: nothing else changes.
"""

from __future__ import annotations

import argparse

import daft
import fangan as fg
import pyarrow as pa


def table_of(documents: daft.DataFrame, table: str, id: str, text: str, batch_size: int = 512) -> daft.DataFrame:
    """A table of documents."""
    schema = fg.arrow_schema(table)
    row = daft.DataType.from_arrow_type(pa.struct(schema))

    # A function of Daft gives a value for each that it takes, and a document has many rows. They know their document, so all
    # rows of a batch become the list of its first document, and `explode` makes rows of them again.
    @daft.func.batch(return_dtype=daft.DataType.list(row), batch_size=batch_size)
    def rows(ids: daft.Series, texts: daft.Series) -> pa.Array:
        batch = pa.table({id: ids.to_arrow(), text: texts.to_arrow()})
        made = pa.Table.from_batches(fg.parse_batches(batch, table=table, id=id, text=text), schema)
        cells = made.to_struct_array().combine_chunks()
        return pa.LargeListArray.from_arrays([0] + [len(cells)] * len(ids), cells)

    lists = documents.select(rows(daft.col(id), daft.col(text)).alias("row"))
    return lists.explode("row", ignore_empty_and_null=True).select(daft.col("row").unnest())


def main(arguments: list[str] | None = None) -> None:
    """Read, parse, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", help="folder of Parquet files")
    parser.add_argument("out", help="folder for the table; it is replaced")
    parser.add_argument("--table", default="plans")
    parser.add_argument("--id", default="id", help="column of ids")
    parser.add_argument("--text", default="text", help="column of texts")
    parser.add_argument("--ray", help="address of a cluster of Ray; by default this machine does the work")
    chosen = parser.parse_args(arguments)

    if chosen.ray:
        daft.set_runner_ray(chosen.ray)
    documents = daft.read_parquet(f"{chosen.documents}/**/*.parquet").select(chosen.id, chosen.text)
    # A batch knows its own ids only; two documents with one id could not be told apart later.
    counts = documents.groupby(chosen.id).agg(daft.col(chosen.id).count("all").alias("n"))
    twice = counts.where(daft.col("n") > 1).limit(1).to_pylist()
    if twice:
        raise SystemExit(f"{twice[0]['n']} documents have the id {twice[0][chosen.id]!r}")
    table_of(documents, chosen.table, chosen.id, chosen.text).write_parquet(chosen.out, write_mode="overwrite")


if __name__ == "__main__":
    main()
