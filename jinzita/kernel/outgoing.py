"""Requests that leave the house to addresses somebody typed in.

A name is resolved once, every address it has is checked, and the connection goes to a checked address:
what the name points to a moment later does not matter. Redirects are not followed, answers are cut.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from jinzita.kernel.errors import Invalid

KEEP_OF_ANSWER = 4_000
MOST_SECONDS = 10
# Ranges not private by name that may yet lead inside: carrier-grade NAT, NAT64, 6to4, Teredo, site-local.
_INSIDE = [
    ipaddress.ip_network(text)
    for text in ("100.64.0.0/10", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")
]


class NotReached(Exception):
    """The other side could not be reached, or may not be; the code and the words say which."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came back: status, the beginning of the body, and how long it took."""

    status: int
    body: str
    seconds: float


def check_url(url: str, where: str, *, allow_private: bool) -> None:
    """Raise Invalid for an address that can never be called; what a name leads to is checked at each call."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = None, None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise Invalid.at(where, "not_a_url", "This is not an address beginning with https:// or http://.")
    if any(ord(char) <= 32 or ord(char) == 127 for char in url) or not url.isascii():
        raise Invalid.at(where, "not_a_url", "The address holds a space or another character it may not.")
    if parts.username or parts.password:
        raise Invalid.at(where, "no_password_in_url", "The address may not hold a user name or password.")
    if parts.scheme == "http" and not allow_private:
        raise Invalid.at(where, "https_needed", "The address must begin with https://.")
    if not allow_private and not _may_be_public(parts.hostname):
        raise Invalid.at(where, "private_address", "The address leads into a private network.")


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool, seconds: float = MOST_SECONDS
) -> Answer:
    """Send `body`; whatever the other side answers is an Answer, also a refusal. Raises NotReached."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    began = time.monotonic()
    try:
        line = _connect(host, port, allow_private=allow_private, deadline=began + seconds)
    except OSError as error:
        raise _not_reached(error) from None
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        channel = ssl.create_default_context().wrap_socket(line, server_hostname=host) if secure else line
        connection.sock = channel
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        text = _read(answer, channel, began + seconds)
        return Answer(answer.status, text, time.monotonic() - began)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _not_reached(error) from None
    finally:
        connection.close()
        line.close()


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the open internet."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address.version == net.version and address in net for net in _INSIDE)


def _may_be_public(host: str) -> bool:
    """Whether a name or an address may be one of the open internet: what a name leads to is not known yet."""
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        return host.rstrip(".").rpartition(".")[2].lower() not in {"localhost", "local", "internal"}


def _connect(host: str, port: int, *, allow_private: bool, deadline: float) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [(family, place) for family, _, _, _, place in found]
    if not allow_private:
        for _, place in addresses:
            if not is_public(ipaddress.ip_address(str(place[0]).split("%")[0])):
                words = "The address leads into a private network, which is not allowed here."
                raise NotReached("private", words)
    last: OSError = OSError("the name has no address")
    for family, place in addresses:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(max(0.1, deadline - time.monotonic()))
            line.connect(place)
            return line
        except OSError as error:
            line.close()
            last = error
    raise last


def _read(answer: http.client.HTTPResponse, line: socket.socket, deadline: float) -> str:
    """The beginning of the body, however slowly the other side drips it."""
    parts, size = [], 0
    while size < KEEP_OF_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        piece = answer.read1(KEEP_OF_ANSWER - size)
        if not piece:
            break
        parts.append(piece)
        size += len(piece)
    return b"".join(parts).decode(errors="replace").replace("\x00", "")


def _not_reached(error: Exception) -> NotReached:
    if isinstance(error, TimeoutError):
        return NotReached("no_answer", "No answer in time.")
    if isinstance(error, socket.gaierror):
        return NotReached("no_name", "The name of the server could not be resolved.")
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotReached("certificate", f"The server's certificate is not valid: {error.verify_message}.")
    return NotReached("failed", f"The connection failed: {error or type(error).__name__}."[:300])
