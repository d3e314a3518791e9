"""Broken inputs of every kind, made from the program's own records, so that what is new in them is covered by itself."""
