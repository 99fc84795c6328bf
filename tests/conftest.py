"""Settings that all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from bot.store.sqlite import Limits, opening

# A busy machine makes no test fail: how long something takes is the benchmarks' concern.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
PATIENT = Limits(search=60.0, other=60.0)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches end when they are done."""
    monkeypatch.setattr(opening, "Limits", lambda: PATIENT)
