# httpx, from PyPI by name.
known=httpx
python=$build/python/bin/python
install() {
    [ -x "$python" ] || python3 -m venv "$build/python"
    "$python" -m pip install --quiet --upgrade httpx
}
version() { "$python" -c "import httpx; print(httpx.__version__)"; }
drive() { printf '%s\n' "$python" "$here/python.py" httpx '{method}' '{url}' '{body}' '{cacert}'; }
