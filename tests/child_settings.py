"""The settings of a child process that a test starts: its clock goes on from the test's moment.

A child and what the child starts find this module in DJANGO_SETTINGS_MODULE, so the moment reaches
both. Their clock runs, because a worker that renews a lease needs time to pass.
"""

import os
import time
from datetime import datetime
from threading import Event

import time_machine

if "TESTS_MOMENT" in os.environ:
    # The same as `tests.moment.mend_sleep`, which cannot be imported before the settings are there.
    time.sleep = Event().wait
time_machine.travel(datetime.fromisoformat(os.environ["CHILD_MOMENT"])).start()

from mlp_planner.settings import *  # noqa: E402, F403
