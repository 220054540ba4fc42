"""A target watched for a day: one look after another, with a canary where people may be made."""
