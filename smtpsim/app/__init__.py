"""The program: typer commands, pipe mode, the REPL; where time, randomness and streams come in."""
