"""`smtpsim replay`: recordings played, checked, stepped through and compared."""
