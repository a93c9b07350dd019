# requests, from PyPI by name.
known=requests
python=$build/python/bin/python
install() {
    [ -x "$python" ] || python3 -m venv "$build/python"
    "$python" -m pip install --quiet --upgrade requests
}
version() { "$python" -c "import requests; print(requests.__version__)"; }
drive() { printf '%s\n' "$python" "$here/python.py" requests '{method}' '{url}' '{body}' '{cacert}'; }
