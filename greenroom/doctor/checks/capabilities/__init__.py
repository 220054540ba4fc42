"""What the target declares beyond the promises is there."""
