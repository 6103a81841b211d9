"""A notebook's cells, and the module that is made of them."""
