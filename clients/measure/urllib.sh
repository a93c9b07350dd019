# urllib, from PyPI by name: it is part of Python.
known=urllib.request
python=$build/python/bin/python
install() {
    [ -x "$python" ] || python3 -m venv "$build/python"
}
version() { "$python" -c "import platform; print(\"python\", platform.python_version())"; }
drive() { printf '%s\n' "$python" "$here/python.py" urllib '{method}' '{url}' '{body}' '{cacert}'; }
