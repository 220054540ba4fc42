"""What reaches the target: HTTP, gateway, database, browser, logs, an embedded target's process."""
