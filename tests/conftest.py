"""What holds for every test."""

from hypothesis import settings

settings.register_profile("warraq", deadline=None)  # a busy machine is no failure: speed is benchmarks/' matter
settings.load_profile("warraq")
