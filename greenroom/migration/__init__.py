"""The cleanup migration, tried on a clone of the target's schema that is filled with every kind of room."""
