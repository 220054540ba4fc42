"""The vocabulary: Given, When and Then by subject, each step one to three lines over the world."""
