"""What is shown of a turn, as frozen plain data: no colour, no width, no terminal. Text in it is safe to print."""
