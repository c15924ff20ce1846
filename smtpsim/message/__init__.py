"""The letter: its headers as they are typed, and what servers write above them."""
