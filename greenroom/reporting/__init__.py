"""Every report of a run: terminal, HTML, JUnit, verdict.json, Allure. Each is a pure function of a record."""
