"""What a browser is allowed to do with our pages, said in the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

# 'wasm-unsafe-eval' lets the mesh decoder compile its WebAssembly; textures of a model and the decoder's worker are
# blob: addresses made by our own code. Nothing inline, nothing from elsewhere.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self' {sockets} blob: data:",
    "worker-src": "'self' blob:",
    "media-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS = (
    "xr-spatial-tracking=(self), fullscreen=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=()"
)


def content_policy(host: str, secure: bool) -> str:
    """The policy for a page served from host; older browsers do not count a socket to the same host as 'self'."""
    sockets = f"{'wss' if secure else 'ws'}://{host}"
    return "; ".join(f"{name} {value.format(sockets=sockets)}" for name, value in POLICY.items())


def policy_headers(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_policy(request.get_host(), request.is_secure()))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
