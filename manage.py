#!/usr/bin/env python
from mlp_planner.__main__ import main

if __name__ == "__main__":
    main()
