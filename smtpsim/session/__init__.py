"""A session: the frozen simulation, the turns that lead from one to the next, and the way back."""
