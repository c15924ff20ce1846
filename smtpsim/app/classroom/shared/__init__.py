"""One world for a whole class: everybody's mail goes through it, and everybody sees what is theirs of it."""
