// MinIO's last open source behind a gate that upstream never published: it refuses what CVE-2026-41145 and
// CVE-2026-40344 are made of, a body with an unsigned trailer whose request nobody signed.
package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	_ "unsafe" // go:linkname

	minio "github.com/minio/minio/cmd"
	"github.com/minio/mux"
)

//go:linkname globalMiddlewares github.com/minio/minio/cmd.globalMiddlewares
var globalMiddlewares []mux.MiddlewareFunc

const (
	unsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
	refusal         = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Error><Code>AccessDenied</Code><Message>A body with an unsigned trailer needs a signed request.</Message></Error>`
)

// Whether the server would take the request without looking at a signature. With an Authorization header its handlers
// verify it, but for the one that unpacks archives, which never does. Values are joined: the server looks at the first.
func isUnverified(r *http.Request) bool {
	if !strings.Contains(strings.Join(r.Header.Values("X-Amz-Content-Sha256"), ","), unsignedTrailer) &&
		!strings.Contains(r.URL.RawQuery, unsignedTrailer) {
		return false
	}
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") || r.URL.Query().Has("X-Amz-Credential") {
		return true
	}
	return r.Header.Get("X-Amz-Meta-Snowball-Auto-Extract") != ""
}

func gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isUnverified(r) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, refusal)
	})
}

func main() {
	globalMiddlewares = append([]mux.MiddlewareFunc{gate}, globalMiddlewares...)
	minio.Main(os.Args)
}
