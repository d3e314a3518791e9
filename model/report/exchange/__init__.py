"""Results in the forms in which models exchange them."""
