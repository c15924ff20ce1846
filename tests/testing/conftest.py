"""The plugin as pytest finds it where the package is installed."""

from __future__ import annotations

from smtpsim.testing.plugin import pytest_configure, smtp_server

__all__ = ["pytest_configure", "smtp_server"]
