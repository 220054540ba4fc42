"""How long things take. Speed is measured here, and asserted nowhere."""
