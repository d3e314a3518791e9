"""A stored run worked out again from its inputs, written from the documents alone: nothing here imports the program."""
