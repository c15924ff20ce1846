"""HTTP: one site object that pages and JSON routes are mounted on, guarded against other sites."""
