"""The database answers, its tables look as the five relations, and its arrangements work."""
