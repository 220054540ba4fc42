"""Checks everything that a run will rely on before there is a run: one small module a subject."""
