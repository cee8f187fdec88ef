"""Decides accesses on Apache Spark: by the same SQL as on one machine, over the same Parquet files."""
