// One request by net/http: client METHOD URL BODY
package main

import (
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	method, url, body := os.Args[1], os.Args[2], os.Args[3]
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	asked, err := http.NewRequest(method, url, content)
	if err != nil {
		panic(err)
	}
	fields := map[string]string{
		"Authorization": "Bearer caller", "Proxy-Authorization": "Basic Y2FsbGVyOg==", "Cookie": "caller=1", "X-Custom": "caller",
	}
	if body != "" {
		fields["Content-Type"], fields["Content-Language"] = "application/json", "en"
		fields["Content-Encoding"], fields["Content-Digest"] = "identity", "sha-256=:x:"
	}
	for name, value := range fields {
		asked.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(asked)
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	io.Copy(io.Discard, answer.Body)
}
