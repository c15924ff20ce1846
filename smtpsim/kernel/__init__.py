"""What every room above shares: references, addresses, DNS answers. Imports nothing of smtpsim."""
