"""How well retrieval alone does: which passages a question finds, before anything answers it."""
