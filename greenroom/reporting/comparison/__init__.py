"""Two records side by side: what broke, what was mended, what takes longer."""
