"""A small OpenID Connect provider on a real port: discovery, keys, token with PKCE, userinfo. One person signs in there."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "tragnetz", "provider-secret"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Return a key, made once a run."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Provider:
    """What it says. A test turns one of these to make it lie."""

    claims: dict[str, object] = field(default_factory=dict)
    userinfo: dict[str, object] = field(default_factory=dict)
    issuer: str = ""
    told_issuer: str = ""
    told_audience: str = CLIENT_ID
    lives: int = 300
    signs_with: str = "own"
    algorithm: str = "RS256"
    shared: str | None = None  # instead of a key of its own: what an attacker knows, too
    challenges: dict[str, str] = field(default_factory=dict)

    def authorize(self, address: str) -> str:
        """Sign in the person and return the code for the address's challenge."""
        query = parse_qs(urlsplit(address).query)
        assert query["code_challenge_method"] == ["S256"]
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"][0]
        return f"?code={code}&state={query['state'][0]}"

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        challenge = self.challenges.pop(form.get("code", [""])[0], None)
        verifier = form.get("code_verifier", [""])[0]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if challenge is None or digest != challenge or form.get("client_secret") != [CLIENT_SECRET]:
            return 400, {"error": "invalid_grant"}
        body = {
            "iss": self.told_issuer or self.issuer, "aud": self.told_audience, "iat": int(time.time()),
            "exp": int(time.time()) + self.lives, **self.claims,
        }  # fmt: skip
        signs_with = key(self.signs_with) if self.algorithm == "RS256" else self.shared
        signed = jwt.encode(body, signs_with, algorithm=self.algorithm, headers={"kid": "one"})
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str) -> dict[str, object]:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }  # fmt: skip
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key("own").public_key()))
            return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}
        return self.userinfo


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    state = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._send(200, state.answer(self.path))

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(*state.token(form))

        def _send(self, status, body):
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
