"""What gunicorn starts: settings, services, the application."""

from server.app import create_app
from server.flows.warm_up import warm_up_in_background
from server.logs import configure_logs
from server.settings import read_settings
from server.wiring import build_services

settings = read_settings()
configure_logs(settings.log_level)
services = build_services(settings)
warm_up_in_background(services)
app = create_app(services)
