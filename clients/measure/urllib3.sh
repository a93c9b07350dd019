# urllib3, from PyPI by name.
known=urllib3
python=$build/python/bin/python
install() {
    [ -x "$python" ] || python3 -m venv "$build/python"
    "$python" -m pip install --quiet --upgrade urllib3
}
version() { "$python" -c "import urllib3; print(urllib3.__version__)"; }
drive() { printf '%s\n' "$python" "$here/python.py" urllib3 '{method}' '{url}' '{body}' '{cacert}'; }
