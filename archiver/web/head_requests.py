"""HEAD, answered as GET is, without the body: who checks links or lengths gets no 405."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadRequests:
    """Hands a HEAD on as the GET of the same address; status and headers are that one's, the body is left out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_bodiless(message: Message) -> None:
            is_body = message["type"] == "http.response.body"
            await send({**message, "body": b""} if is_body else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, send_bodiless)
        else:
            await self._app(scope, receive, send)
