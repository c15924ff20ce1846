"""The form in which a mail is written: a mail program at the full screen, which shows the SMTP that it will speak."""
