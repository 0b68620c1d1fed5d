"""A server of its own for the tests: a demo store in a scratch folder, the release binary on any free port, raw bytes where they matter."""
import atexit
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))  # tests/checks.py

import contract
from checks import BINARY, ROOT
PASSWORD = "ein Kennwort nur für Tests"
USERS = {"c.lippe": ("controlling", "33148"), "l.lippe": ("leitung", "33148"), "k.alle": ("kommune", "alle"), "m.alle": ("ministerium", "alle"), "r.alle": ("revision", "alle"), "v.alle": ("verwaltung", "alle")}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, {name.lower(): value for name, value in headers}, body
        self.cookies = [value for name, value in headers if name.lower() == "set-cookie"]

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json().get("code")


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"], check=True, capture_output=True)


class Server:
    def __init__(self, settings="", figures=True, tls=False, environment=None, folder_is_current=False):
        self.tls = tls
        self.folder = tempfile.mkdtemp(prefix="zielwerk-test-")
        self.store = f"{self.folder}/test.db"
        self.zielwerk("init")
        for name in sorted(os.listdir(f"{ROOT}/agreements")):
            if name.endswith(".json"):
                self.zielwerk("agreement", "import", f"{ROOT}/agreements/{name}", f"--paper={ROOT}/agreements/texte/{name.replace('.json', '.txt')}")
        if figures:
            for name in sorted(os.listdir(f"{ROOT}/demo")):
                if name.startswith("zahlen_erfunden"):
                    self.zielwerk("facts", "import", f"{ROOT}/demo/{name}")
        for name, (role, scope) in USERS.items():
            self.zielwerk("user", "add", name, "--person=Erfunden", f"--role={role}", f"--scope={scope}", given=PASSWORD + "\n")
        if tls:
            make_certificate(self.folder)
            settings += f"\ncertificate = '{self.folder}/cert.pem'\nkey = '{self.folder}/key.pem'"
        with open(f"{self.folder}/server.toml", "w", encoding="utf-8") as config:
            config.write(f"store = '{self.store}'\nport = 0\n{settings}\n")
        self.log = open(f"{self.folder}/log", "w+", encoding="utf-8")
        environment = {**{name: value for name, value in os.environ.items() if not name.startswith("ZIELWERK_")}, **(environment or {})}
        self.process = subprocess.Popen([BINARY, "serve", f"--config={self.folder}/server.toml"], stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment, cwd=self.folder if folder_is_current else None)
        atexit.register(self.process.kill)  # whatever a test forgets or a failure leaves; nothing happens to one that has ended
        line = self.process.stdout.readline()
        self.port = int(re.search(r"https?://localhost:(\d+)", line).group(1))
        self.sessions = {}

    def zielwerk(self, *arguments, given="", expect=0):
        done = subprocess.run([BINARY, f"--store={self.store}", *arguments], input=given, capture_output=True, text=True, check=False)
        assert done.returncode == expect, (arguments, done.stdout, done.stderr)
        return done.stdout

    def ask(self, method, target, body=None, headers=None, user=None):
        headers = dict(headers or {})
        if user:
            cookie, csrf = self.session(user)
            headers.setdefault("Cookie", cookie)
            if method not in ("GET", "HEAD"):
                headers.setdefault("X-CSRF-Token", csrf)
        if self.tls:
            trusting = ssl.create_default_context(cafile=f"{self.folder}/cert.pem")
            connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=trusting)
        else:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request(method, target, body=body, headers=headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
            contract.check(method, target, answer)
            return answer
        finally:
            connection.close()

    def login(self, name, password=PASSWORD, cookie=None):
        headers = {"Content-Type": "application/json"}
        if cookie:
            headers["Cookie"] = cookie
        return self.ask("POST", "/api/v1/session", json.dumps({"name": name, "kennwort": password}), headers)

    def session(self, user):
        if user not in self.sessions:
            answer = self.login(user)
            assert answer.status == 201, answer.body
            self.sessions[user] = (answer.headers["set-cookie"].split(";")[0], answer.json()["csrf"])
        return self.sessions[user]

    def raw(self, data, timeout=20, finish=False):
        """Sends bytes as they are and gives everything that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            try:
                connection.sendall(data)
                if finish:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it may have answered and closed already
            return self.rest(connection)

    @staticmethod
    def rest(connection):
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass
        return answer

    def host(self):
        return f"Host: localhost:{self.port}\r\n"

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


def status(raw):
    """The status of a raw answer; 0 if there was none."""
    found = re.match(rb"HTTP/1\.[01] (\d+)", raw)
    return int(found.group(1)) if found else 0
