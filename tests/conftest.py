"""What holds for every test: none of them fails because the machine was slow."""

from hypothesis import HealthCheck, settings

settings.register_profile("smtpsim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("smtpsim")
