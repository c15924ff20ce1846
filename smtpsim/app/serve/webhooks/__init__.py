"""Webhooks: what became of mails, told to a program on this machine as sending services tell it."""
