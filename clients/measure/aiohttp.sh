# aiohttp, from PyPI by name.
known=aiohttp
python=$build/python/bin/python
install() {
    [ -x "$python" ] || python3 -m venv "$build/python"
    "$python" -m pip install --quiet --upgrade aiohttp
}
version() { "$python" -c "import aiohttp; print(aiohttp.__version__)"; }
drive() { printf '%s\n' "$python" "$here/python.py" aiohttp '{method}' '{url}' '{body}' '{cacert}'; }
