"""The commands of the program: `mlp-planner migrate`, `python -m mlp_planner worker`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlp_planner.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
