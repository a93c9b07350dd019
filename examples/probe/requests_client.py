"""requests: python requests_client.py METHOD URL [BODY]"""
import sys

import requests

method, url, body = (sys.argv[1:] + [""])[:3]
headers = {"Authorization": "Bearer probe", "Cookie": "probe=1"}
if body:
    headers |= {"Content-Type": "application/json", "Content-Language": "en"}
requests.Session().request(method, url, data=body or None, headers=headers, allow_redirects=True)
