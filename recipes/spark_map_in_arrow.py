"""A folder of Parquet files with documents to a table of fangan, with Apache Spark (PySpark 4).

    python recipes/spark_map_in_arrow.py DOCUMENTS OUT --table phases --id url --text content

DOCUMENTS holds Parquet files with a column of ids and a column of texts; OUT becomes a folder of Parquet files. Spark reads,
divides, retries and writes; what it calls on each part is `fangan.parse_batches`. On a cluster, every worker needs
`pip install fangan pyarrow`; submit this file with `spark-submit --master …` and leave `--master` out.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial

import fangan as fg
from pyspark.sql import DataFrame, SparkSession


def table_of(documents: DataFrame, table: str, **options: object) -> DataFrame:
    """A table of documents; `options` are those of `fangan.parse_batches`."""
    # Spark has no unsigned numbers. Its schema comes from an empty table with that of Arrow.
    schema = documents.sparkSession.createDataFrame(fg.arrow_schema(table, unsigned=False).empty_table()).schema
    return documents.mapInArrow(partial(fg.parse_batches, table=table, unsigned=False, **options), schema)


def main(arguments: list[str] | None = None) -> None:
    """Read, parse, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", help="folder of Parquet files")
    parser.add_argument("out", help="folder for the table; it is replaced")
    parser.add_argument("--table", default="plans")
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
    table_of(documents, chosen.table, id=chosen.id, text=chosen.text).write.mode("overwrite").parquet(chosen.out)


if __name__ == "__main__":
    main()
