"""`smtpsim campaign`: its options checked, its runs shown while they go on, its report written."""
