"""From what happened to a verdict: exceptions, missing capabilities, known failures."""
