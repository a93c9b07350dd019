"""One request by a Python client: python.py CLIENT METHOD URL BODY CACERT."""

import ssl
import sys

client, method, url, body, cacert = sys.argv[1:]
fields = {
    "Authorization": "Bearer caller",
    "Proxy-Authorization": "Basic Y2FsbGVyOg==",
    "Cookie": "caller=1",
    "X-Custom": "caller",
}
if body:
    fields |= {
        "Content-Type": "application/json",
        "Content-Language": "en",
        "Content-Encoding": "identity",
        "Content-Digest": "sha-256=:x:",
    }
content = body.encode() or None


def trusted():
    context = ssl.create_default_context()
    if url.startswith("https") or open(cacert).read(1):
        context.load_verify_locations(cacert)
    return context


def requests():
    import requests

    session = requests.Session()
    session.trust_env = False
    session.verify = cacert
    session.request(method, url, headers=fields, data=content)


def httpx():
    import httpx

    with httpx.Client(follow_redirects=True, trust_env=False, verify=trusted()) as http:
        http.request(method, url, headers=fields, content=content)


def aiohttp():
    import asyncio

    import aiohttp

    async def ask():
        connector = aiohttp.TCPConnector(ssl=trusted())
        async with aiohttp.ClientSession(connector=connector) as http:
            async with http.request(method, url, headers=fields, data=content) as answer:
                await answer.read()

    asyncio.run(ask())


def urllib3():
    import urllib3

    http = urllib3.PoolManager(ssl_context=trusted())
    http.request(method, url, headers=fields, body=content)


def urllib():
    from urllib import request

    handlers = [request.ProxyHandler({}), request.HTTPSHandler(context=trusted())]
    asked = request.Request(url, content, fields, method=method)
    request.build_opener(*handlers).open(asked).read()


globals()[client]()
