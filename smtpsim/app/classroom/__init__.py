"""`smtpsim class`: pupils at full screens in their browsers or at a port, and the teacher's wall."""
