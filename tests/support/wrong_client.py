"""A client that is wrong wherever it can be: python3 wrong_client.py METHOD URL [BODY]

It sends the body again on 303 and loses it on 307, takes Authorization everywhere, turns HEAD into GET, and follows 25
redirects.
"""
import http.client
import sys
from urllib.parse import urljoin, urlsplit

method, url, body = (sys.argv[1:] + [""])[:3]
for followed in range(26):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    target = parts.path + ("?" + parts.query if parts.query else "")
    connection.request(method, target, body or None, {"Authorization": "Bearer probe"})
    response = connection.getresponse()
    response.read()
    location = response.getheader("Location")
    if response.status not in (301, 302, 303, 307, 308) or not location:
        sys.exit(0)
    if method == "HEAD":
        method = "GET"
    if response.status == 307:
        body = ""
    url = urljoin(url, location)
sys.exit(1)
