"""What gunicorn starts: settings, services, the application."""

from server.app import create_app
from server.logs import configure_logs
from server.settings import read_settings
from server.wiring import build_services

settings = read_settings()
configure_logs(settings.log_level)
app = create_app(build_services(settings))
