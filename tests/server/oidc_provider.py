"""An identity provider for the tests, over TLS on this machine. A test says who logs in (`person`), and what the provider does wrong
(`wrong`): it answers one log-in at a time, as a browser would make it."""
import base64
import hashlib
import http.server
import json
import secrets
import ssl
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

CLIENT, SECRET = "zielwerk", "ein Geheimnis nur für Tests"


def coded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return coded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    def __init__(self, kind):
        self.kind, self.id = kind, secrets.token_hex(4)
        self.private = ec.generate_private_key(ec.SECP256R1()) if kind == "ES256" else rsa.generate_private_key(65537, 2048)

    def public(self):
        numbers = self.private.public_key().public_numbers()
        if self.kind == "ES256":
            return {"kty": "EC", "crv": "P-256", "x": coded(numbers.x.to_bytes(32, "big")), "y": coded(numbers.y.to_bytes(32, "big")), "kid": self.id, "use": "sig", "alg": "ES256"}
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), "kid": self.id, "use": "sig", "alg": "RS256"}

    def sign(self, data):
        if self.kind == "ES256":
            r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Provider:
    def __init__(self, certificate, key):
        self.person, self.wrong = {}, {}
        self.key, self.codes, self.keys_asked = Key("RS256"), {}, 0
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def say(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    return self.say(200, provider.description())
                if self.path == "/keys":
                    provider.keys_asked += 1
                    return self.say(200, {"keys": [Key("ES256").public(), provider.key.public()]})
                return self.say(404, {})

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.say(*provider.redeem(form, self.headers.get("Authorization", "")))

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.issuer = f"https://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def description(self):
        return {"issuer": self.wrong.get("issuer", self.issuer), "authorization_endpoint": f"{self.issuer}/authorize?tenant=1", "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys"}

    def authorize(self, address):
        """What the browser's visit would do: the address to come back to."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?tenant=1&"), address
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256", asked
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return asked["redirect_uri"], {"code": code, "state": asked["state"], "iss": self.issuer, "session_state": "x"}

    def redeem(self, form, authorization):
        asked = self.codes.pop(form.get("code"), None)
        user = urllib.parse.quote(CLIENT) + ":" + urllib.parse.quote(SECRET)
        if authorization != "Basic " + base64.b64encode(user.encode()).decode():
            return 401, {"error": "invalid_client"}
        if not asked or form["grant_type"] != "authorization_code" or form["redirect_uri"] != asked["redirect_uri"] or coded(hashlib.sha256(form["code_verifier"].encode()).digest()) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "17", "iat": now, "exp": now + 300, "nonce": asked["nonce"], "name": "O. Beispiel", **self.person, **self.wrong.get("claims", {})}
        claims = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.token(claims)}

    def token(self, claims):
        header = {"alg": self.key.kind, "typ": "JWT", "kid": self.key.id, **self.wrong.get("header", {})}
        signed = coded(json.dumps({name: value for name, value in header.items() if value is not None}).encode()) + "." + coded(json.dumps(claims).encode())
        if header["alg"] == "none":
            return signed + "."
        signature = self.key.sign(signed.encode())
        return signed + "." + coded(self.wrong.get("signature", lambda one: one)(signature))
