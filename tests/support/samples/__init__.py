"""Records of runs that never were, made by code, for the tests of record and reports."""
