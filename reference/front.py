"""The process of the data API, auth and the web page: three apps, each on its own port."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator

from starlette.types import ASGIApp

from reference.auth.accounts import Accounts
from reference.auth.app import create_app as create_auth
from reference.data_api.app import create_app as create_data_api
from reference.pool import make_pool
from reference.serving import Served, serve
from reference.settings import StackConfig


def run(config: StackConfig, listeners: dict[str, socket.socket]) -> None:
    """Serves until SIGTERM."""

    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[list[Served]]:
        keys = config.keys
        database = config.database
        async with make_pool(database.data_api, most=12) as rows, make_pool(database.auth, most=4) as people:
            apps: dict[str, ASGIApp] = {
                "data_api": create_data_api(rows, keys),
                "auth": create_auth(Accounts(people, keys.jwt_secret), keys),
                "web": _web(config),
            }
            yield [Served(app, listeners[name]) for name, app in apps.items()]

    serve(opened)


def _web(config: StackConfig) -> ASGIApp:
    from reference.web.app import create_app

    return create_app(
        {
            "gateway": config.urls["gateway"],
            "dataApi": config.urls["data_api"],
            "auth": config.urls["auth"],
            "anonKey": config.keys.anon,
            "gatewayTimeoutMs": 1500,
            "pollMs": 500,
        }
    )
