"""Read by gunicorn from the working directory."""

from mlp_planner.gunicorn_conf import *  # noqa: F403
