"""Where releases live: facts in SQL, vectors in Chroma, the lexical index beside them.

Only this package knows SQLAlchemy, Alembic and Chroma.
"""
