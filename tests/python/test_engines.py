"""The recipes for engines: every table that they make is that of a corpus, and parts that failed are made again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import fangan as fg
import polars as pl
import pytest
from fangan._schema import TABLES

RECIPES = Path(__file__).parents[2] / "recipes"
if not RECIPES.is_dir():
    pytest.skip("not a checkout", allow_module_level=True)
PARTS = 3


def needs(engine: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(engine) is None, reason=f"{engine} is not installed; make test-engines has it")


def _recipe(name: str) -> ModuleType:
    spec = spec_from_file_location(name, RECIPES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts() -> pl.DataFrame:
    samples = fg.samples()
    ids = samples.sources["source_id"].to_list()
    null = pl.DataFrame({"url": ["null"], "content": [None]}, schema_overrides={"content": pl.String})
    return pl.concat([pl.DataFrame({"url": ids, "content": [samples.source_text(each) for each in ids]}), null])


@pytest.fixture(scope="module")
def documents(texts: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set in parts."""
    folder = tmp_path_factory.mktemp("documents")
    for part in range(PARTS):
        texts.gather_every(PARTS, part).write_parquet(folder / f"part-{part}.parquet")
    return folder


@pytest.fixture(scope="module")
def expected(texts: pl.DataFrame) -> dict[str, pl.DataFrame]:
    known = texts.drop_nulls()
    corpus = fg.parse(known["content"], ids=known["url"])
    tables = {name: corpus.table(name).with_columns(pl.selectors.enum().cast(pl.String)) for name in TABLES}
    tables["references"] = tables["references"].with_columns(resolved_plan_id=pl.lit(None, pl.String))
    null = tables["sources"].head(1).select(
        pl.lit("null").alias("source_id"), pl.lit(None, pl.String).alias("path"), "format", "encoding",
        pl.lit(None, pl.String).alias("script"), pl.lit(0, pl.UInt32).alias("n_chars"),
        pl.lit(0, pl.UInt32).alias("n_plans"), pl.lit([], pl.List(pl.String)).alias("noise"),
        pl.lit(0.0).alias("coverage"), pl.lit("the text is null").alias("error"),
    )  # fmt: skip
    tables["sources"] = pl.concat([tables["sources"], null])
    return tables


def _same(out: Path, expected: dict[str, pl.DataFrame]) -> None:
    for name, frame in expected.items():
        made = pl.read_parquet(out / name / "**/*.parquet")
        assert made.columns == frame.columns, name
        made = made.cast(dict(frame.schema))
        assert made.height == frame.height, name
        order = [column for column, dtype in frame.schema.items() if not dtype.is_nested()]
        assert made.sort(order).equals(frame.sort(order)), name


@needs("daft")
def test_daft_makes_the_tables(documents: Path, expected: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    _recipe("daft_local").main([str(documents), str(tmp_path), "--id", "url", "--text", "content"])
    _same(tmp_path, expected)


@needs("daft")
def test_daft_refuses_ids_that_come_twice(documents: Path, tmp_path: Path) -> None:
    pl.read_parquet(documents / "part-0.parquet").write_parquet(tmp_path / "once.parquet")
    pl.read_parquet(documents / "part-0.parquet").head(1).write_parquet(tmp_path / "again.parquet")
    with pytest.raises(SystemExit, match="2 documents have the id"):
        _recipe("daft_local").main([str(tmp_path), str(tmp_path / "out"), "--id", "url", "--text", "content"])


@needs("daft")
def test_daft_repeats_what_raised_but_not_what_died(tmp_path: Path) -> None:
    """What the page on engines says of Daft on one machine."""
    import daft

    def asked(marker: Path, fail: Any) -> dict[str, list[str]]:
        @daft.func.batch(return_dtype=daft.DataType.string(), use_process=True, max_retries=3)
        def once(texts: daft.Series) -> Any:
            if not marker.exists():
                marker.touch()
                fail()
            return texts.to_arrow()

        return daft.from_pydict({"text": ["a"]}).select(once(daft.col("text"))).to_pydict()

    def raises() -> None:
        raise RuntimeError("once")

    assert asked(tmp_path / "raised", raises) == {"text": ["a"]}
    with pytest.raises(RuntimeError, match="closed the connection"):
        asked(tmp_path / "died", partial(os._exit, 1))


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed; make test-engines has it")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Two workers, and four attempts at each part.
    builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse"))).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_spark_makes_the_tables(spark: Any, documents: Path, expected: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    arguments = [str(documents), str(tmp_path), "--id", "url", "--text", "content", "--partitions", "5"]
    _recipe("spark_map_in_arrow").main(arguments)
    _same(tmp_path, expected)


def test_spark_refuses_ids_that_come_twice(spark: Any, documents: Path, tmp_path: Path) -> None:
    for name in ("once", "again"):
        pl.read_parquet(documents / "part-0.parquet").write_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(SystemExit, match="2 documents have the id"):
        _recipe("spark_map_in_arrow").main([str(tmp_path), str(tmp_path / "out"), "--id", "url", "--text", "content"])


def test_spark_repeats_the_part_of_a_worker_that_died(
    spark: Any, documents: Path, expected: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    killed = tmp_path / "killed"

    def dies_once(batches: Iterator[Any], **options: Any) -> Iterator[Any]:
        for batch in fg.parse_batches(batches, **options):
            yield batch
            if not killed.exists():  # after its first rows, as a machine that runs out of memory would
                killed.touch()
                os.kill(os.getpid(), signal.SIGKILL)

    schema = spark.createDataFrame(fg.arrow_schema("phases", unsigned=False).empty_table()).schema
    work = partial(dies_once, table="phases", id="url", text="content", unsigned=False)
    rows = spark.read.parquet(str(documents)).repartition(4).mapInArrow(work, schema)
    rows.write.parquet(str(tmp_path / "phases"))
    assert killed.exists()
    _same(tmp_path, {"phases": expected["phases"]})


def test_spark_tells_what_was_wrong(spark: Any, documents: Path) -> None:
    recipe = _recipe("spark_map_in_arrow")
    with pytest.raises(Exception, match="the batches have no column called 'address'; they have url, content"):
        recipe.parsed(spark.read.parquet(str(documents)), id="address", text="content").collect()


@pytest.mark.parametrize("name", ["daft_local", "spark_map_in_arrow"])
def test_recipes_say_how_they_are_called(name: str) -> None:
    if find_spec("daft" if name.startswith("daft") else "pyspark") is None:
        pytest.skip("its engine is not installed; make test-engines has it")
    run = subprocess.run([sys.executable, RECIPES / f"{name}.py", "--help"], capture_output=True, text=True, check=True)
    assert f"python recipes/{name}.py DOCUMENTS OUT" in run.stdout


@pytest.mark.parametrize("page", ["docs/engines.md", "docs/zh/engines.md"])
def test_pages_show_what_recipes_hold(page: str) -> None:
    recipes = "".join(path.read_text(encoding="utf-8") for path in RECIPES.glob("*.py"))
    shown = re.findall(
        r"^```py\n(.*?)^```", (RECIPES.parent / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert len(shown) == 2
    assert [example for example in shown if example not in recipes] == []
