"""The run record: JSON lines with a header and a footer, from which every report is made."""
