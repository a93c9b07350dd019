// net/http: go run client.go METHOD URL [BODY]; better go build once, and probe the program.
package main

import (
	"net/http"
	"os"
	"strings"
)

func main() {
	body := ""
	if len(os.Args) > 3 {
		body = os.Args[3]
	}
	request, _ := http.NewRequest(os.Args[1], os.Args[2], nil)
	if body != "" {
		request, _ = http.NewRequest(os.Args[1], os.Args[2], strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Content-Language", "en")
	}
	request.Header.Set("Authorization", "Bearer probe")
	request.Header.Set("Cookie", "probe=1")
	if _, err := (&http.Client{}).Do(request); err != nil {
		os.Exit(1)
	}
}
