"""What `greenroom monitor` is made of: its options, who listens, and how it runs and ends."""
