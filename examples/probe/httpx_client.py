"""httpx: python httpx_client.py METHOD URL [BODY]"""
import sys

import httpx

method, url, body = (sys.argv[1:] + [""])[:3]
headers = {"Authorization": "Bearer probe", "Cookie": "probe=1"}
if body:
    headers |= {"Content-Type": "application/json", "Content-Language": "en"}
httpx.Client(follow_redirects=True).request(method, url, content=body or None, headers=headers)
