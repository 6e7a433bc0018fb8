"""How the web process runs: threads, so that a draft being streamed holds up nobody else."""

import os  # gunicorn's own file: settings.py is not loaded in the arbiter

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8080')}"
# The sandbox keeps dropped mails in its one process; a real installation shares nothing but the database.
workers = int(os.environ.get("WEB_CONCURRENCY", "2")) if os.environ.get("BALIE_PUBLIC_URL") else 1
worker_class = "gthread"
threads = 256
timeout = 120
graceful_timeout = 10
control_socket_disable = True
accesslog = None
