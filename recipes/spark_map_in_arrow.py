"""A folder of Parquet files with documents to tables of fangan, with Apache Spark (PySpark 4).

    python recipes/spark_map_in_arrow.py DOCUMENTS OUT --id url --text content --tables plans phases

DOCUMENTS holds Parquet files with a column of ids and a column of texts. OUT gets a folder of Parquet files for each
table, and `parsed`, from which they are taken. Spark reads, divides, repeats what failed, and writes; what it calls on
each part is `fangan.parse_batches`. On a cluster, every worker needs `pip install fangan pyarrow`; submit this file
with `spark-submit --master …` and leave `--master` out.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from typing import Any

import fangan as fg
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import inline


def parsed(documents: DataFrame, table: str | None = None, **options: Any) -> DataFrame:
    """A table of documents; None for all, a row a document. `options` are those of `fangan.parse_batches`."""
    # Spark has no unsigned numbers. Its schema comes from an empty table with that of Arrow.
    empty = fg.arrow_schema(table, unsigned=False).empty_table()
    work = partial(fg.parse_batches, table=table, unsigned=False, **options)
    return documents.mapInArrow(work, documents.sparkSession.createDataFrame(empty).schema)


def main(arguments: list[str] | None = None) -> None:
    """Read, parse, write."""
    known = fg.arrow_schema(None).names[1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", help="folder of Parquet files")
    parser.add_argument("out", help="folder for the tables; those that are there are replaced")
    parser.add_argument("--tables", nargs="+", choices=known, default=known, metavar="TABLE")
    parser.add_argument("--id", default="id", help="column of ids")
    parser.add_argument("--text", default="text", help="column of texts")
    parser.add_argument("--partitions", type=int, help="number of parts; by default as many as Spark makes")
    parser.add_argument("--master", help="where to run, such as local[4]; by default what spark-submit says")
    chosen = parser.parse_args(arguments)

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers run the same Python as this
    builder = SparkSession.builder.appName("fangan")
    if chosen.master:
        builder = builder.master(chosen.master)
    spark = builder.getOrCreate()

    documents = spark.read.parquet(chosen.documents).select(chosen.id, chosen.text)
    # A part knows its own ids only; two documents with one id could not be told apart later.
    twice = documents.groupBy(chosen.id).count().filter("count > 1").first()
    if twice is not None:
        raise SystemExit(f"{twice['count']} documents have the id {twice[chosen.id]!r}")
    if chosen.partitions:
        documents = documents.repartition(chosen.partitions)

    whole = f"{chosen.out}/parsed"
    parsed(documents, id=chosen.id, text=chosen.text).write.mode("overwrite").parquet(whole)
    for table in chosen.tables:
        rows = spark.read.parquet(whole).select(inline(table))
        rows.write.mode("overwrite").parquet(f"{chosen.out}/{table}")


if __name__ == "__main__":
    main()
