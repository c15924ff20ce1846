"""A campaign: many mails through a sending service, over simulated days, to people who read, complain or are gone."""
