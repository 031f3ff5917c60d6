"""The settings of a child process that a test starts: its clock goes on from the test's moment.

A child and what the child starts find this module in DJANGO_SETTINGS_MODULE, so the moment reaches
both. Their clock runs, because a worker that renews a lease needs time to pass.
"""

import os
from datetime import datetime

import time_machine

time_machine.travel(datetime.fromisoformat(os.environ["CHILD_MOMENT"])).start()

from mlp_planner.settings import *  # noqa: E402, F403
