# wget as the system has it: --method, --body-data.
known=wget-method
install() { command -v wget > /dev/null; }
version() { wget --version | sed -n '1s/^GNU Wget \([^ ]*\).*/\1/p'; }
drive() { printf '%s\n' sh "$here/wget-request" '{method}' '{url}' '{body}' '{cacert}'; }
