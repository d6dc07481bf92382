"""The shared domain model of budget disclosures and the stores that keep them.

Nothing here knows a web framework, LlamaIndex or an LLM. ``ingest`` writes what this package
describes, ``qa_service`` reads it.
"""
