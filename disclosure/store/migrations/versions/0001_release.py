"""The tables of a release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("narrowed", sa.Text(), nullable=False),
        sa.Column("org_unit", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("economic", sa.Text(), nullable=False),
        sa.Column("gov_economic", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("carry", sa.Text(), nullable=False),
        sa.Column("procurement_kind", sa.Text(), nullable=False),
        sa.Column("procurement_mode", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("row_path", sa.Text(), nullable=False),
        sa.Column("total", sa.Boolean(), nullable=False),
        sa.Column("table_id", sa.Text(), nullable=True),
        sa.Column("passage_id", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("text_value", sa.Text(), nullable=False),
        sa.Column("indicator_class", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("disclosure_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_key"],
            ["disclosure.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "ix_fact_carry",
        "fact",
        ["carry", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("carry <> 'ALL'"),
        postgresql_where=sa.text("carry <> 'ALL'"),
    )
    op.create_index("ix_fact_disclosure", "fact", ["disclosure_key", "position"], unique=False)
    op.create_index(
        "ix_fact_economic",
        "fact",
        ["economic", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("economic <> 'ALL'"),
        postgresql_where=sa.text("economic <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_fund",
        "fact",
        ["fund", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("fund <> 'ALL'"),
        postgresql_where=sa.text("fund <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_gov_economic",
        "fact",
        ["gov_economic", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("gov_economic <> 'ALL'"),
        postgresql_where=sa.text("gov_economic <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_item",
        "fact",
        ["item", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("item <> 'ALL'"),
        postgresql_where=sa.text("item <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_kind",
        "fact",
        ["kind", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("kind <> 'ALL'"),
        postgresql_where=sa.text("kind <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_narrowed", "fact", ["measure", "aspect", "narrowed", "year"], unique=False
    )
    op.create_index(
        "ix_fact_nature",
        "fact",
        ["nature", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("nature <> 'ALL'"),
        postgresql_where=sa.text("nature <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_org_unit",
        "fact",
        ["org_unit", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("org_unit <> 'ALL'"),
        postgresql_where=sa.text("org_unit <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_procurement_kind",
        "fact",
        ["procurement_kind", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("procurement_kind <> 'ALL'"),
        postgresql_where=sa.text("procurement_kind <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_procurement_mode",
        "fact",
        ["procurement_mode", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("procurement_mode <> 'ALL'"),
        postgresql_where=sa.text("procurement_mode <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_project",
        "fact",
        ["project", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("project <> 'ALL'"),
        postgresql_where=sa.text("project <> 'ALL'"),
    )
    op.create_index(
        "ix_fact_subject",
        "fact",
        ["subject", "measure", "aspect", "year"],
        unique=False,
        sqlite_where=sa.text("subject <> 'ALL'"),
        postgresql_where=sa.text("subject <> 'ALL'"),
    )
    op.create_table(
        "finding",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("actual", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("fact_ids", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("disclosure_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_key"],
            ["disclosure.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "ix_finding_disclosure", "finding", ["disclosure_key", "position"], unique=False
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("subject_label", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("disclosure_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_key"],
            ["disclosure.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(
        "ix_passage_disclosure", "passage", ["disclosure_key", "position"], unique=False
    )
    op.create_table(
        "published_table",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("row_locators", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("weakness", sa.Text(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("disclosure_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_key"],
            ["disclosure.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "ix_published_table_disclosure",
        "published_table",
        ["disclosure_key", "position"],
        unique=False,
    )


def downgrade() -> None:
    for table in ("published_table", "passage", "finding", "fact", "disclosure"):
        op.drop_table(table)
