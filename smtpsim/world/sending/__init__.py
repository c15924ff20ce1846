"""Sending services: hosts that carry the mail of many companies, and keep books on what becomes of it."""
