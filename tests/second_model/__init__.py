"""The model written a second time, from the documents alone: it shares no code with `model/`, so that a slip of one is no slip of both."""
