"""From the series of a watch to what people and monitoring systems read."""
