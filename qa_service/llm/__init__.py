"""The optional LLM planner: an OpenAI-compatible model plans and phrases, and writes no figure.

The only package that knows LLM libraries; they are imported when a model is first needed.
"""
