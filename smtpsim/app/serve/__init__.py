"""`smtpsim serve`: one world behind real sockets, for as long as the process runs."""
