"""The operations of the gateway are really sent, each harmless to anybody else."""
