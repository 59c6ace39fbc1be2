"""What holds for every test."""

import gc
import warnings

from hypothesis import settings

with (
    warnings.catch_warnings()
):  # importing Datasette leaves a database open, which Python 3.13 and newer tell
    warnings.simplefilter("ignore", ResourceWarning)
    import datasette.filters  # noqa: F401

    gc.collect()

# a busy machine is no failure: speed is for benchmarks/
settings.register_profile("warraq", deadline=None)
settings.load_profile("warraq")
