"""The checks: one module or one package a subject, called as the table calls it."""
