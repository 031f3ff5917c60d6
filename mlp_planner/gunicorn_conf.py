"""How gunicorn serves the program. WEB_CONCURRENCY sets the number of processes."""

from mlp_planner.settings import LOGGING

wsgi_app = "mlp_planner.wsgi"
worker_class = "gthread"
threads = 8
timeout = 60
logconfig_dict = LOGGING
control_socket_disable = True
