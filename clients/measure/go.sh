# Go's net/http, where a Go is installed.
known=go1.27
install() { go build -o "$build/go-client" "$here/client.go"; }
version() { go env GOVERSION; }
drive() { printf '%s\n' env 'SSL_CERT_FILE={cacert}' "$build/go-client" '{method}' '{url}' '{body}'; }
