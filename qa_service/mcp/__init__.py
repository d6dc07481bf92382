"""The Model Context Protocol server: tools and documents for other programs' language models."""
