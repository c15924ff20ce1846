"""The simulated Internet: hosts and what they judge by, the DNS, the way of a letter, queues and mailboxes."""
