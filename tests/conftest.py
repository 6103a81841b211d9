"""Settings for every test: hypothesis profiles, and nothing left behind."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

# A fixed seed for everyday runs: a failure is then a change, not luck. `make fuzz` looks further.
settings.register_profile("everyday", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("fuzz", deadline=None, max_examples=5000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
