"""What holds for every test."""

from hypothesis import settings

# a busy machine is no failure: speed is for benchmarks/
settings.register_profile("warraq", deadline=None)
settings.load_profile("warraq")
