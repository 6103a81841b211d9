"""The author's workshop: proving a course, its stubs, its handout."""
