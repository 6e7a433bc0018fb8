"""`make run`: one process with threads, on loopback, ready within seconds."""

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from server.settings import Settings


class _Sandbox(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 64,
            "timeout": 120,
            "graceful_timeout": 2,
            "control_socket_disable": True,
            "loglevel": "warning",
            "post_worker_init": self.announce,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from server.app import create_app
        from server.logs import configure_logs
        from server.wiring import build_services

        configure_logs(self.settings.log_level if "log_level" in self.settings.model_fields_set else "WARNING")
        self.services = build_services(self.settings)
        return create_app(self.services)

    def announce(self, _worker: Any) -> None:
        """The worker answers from here on; what is heavy is read beside it."""
        from server.flows.warm_up import warm_up_in_background

        warm_up_in_background(self.services)
        address = f"http://{self.settings.host}:{self.settings.port}"
        click.echo(
            f"\n  Balie is ready: {address}\n  Invented pharmacies and patients; nothing is ever sent. Stop with Ctrl-C.\n"
        )


def serve(settings: Settings) -> None:
    """Serves until stopped."""
    _Sandbox(settings).run()
