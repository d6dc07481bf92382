"""What is published, as open data: CSV and Parquet files under one data package descriptor.

Reads a ``Library``; whoever serves a download calls ``facts_csv.write_facts_csv``.
"""
