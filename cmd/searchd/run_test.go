package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"xunwen/internal/cli"
)

var quiet = slog.New(slog.DiscardHandler)

// waitTime bounds everything that a test waits for.
const waitTime = 2 * time.Minute

// receive returns the next value of a channel; it fails the test if none comes.
func receive[T any](t *testing.T, from <-chan T, otherwise string) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(waitTime):
		t.Error(otherwise)
	}
	return v
}

// waitFor waits for goroutines; it fails the test if they don't end.
func waitFor(t *testing.T, goroutines *sync.WaitGroup) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		goroutines.Wait()
		close(ended)
	}()
	receive(t, ended, "goroutines of the test don't end")
}

// emptyFolder is a folder without an index.
func emptyFolder(t testing.TB) string {
	return filepath.Join(t.TempDir(), "news")
}

func TestCommandLine(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, tc := range []struct {
		name string
		env  map[string]string
		args []string
		code int
		says string
	}{
		{name: "version", args: []string{"--version"}, says: "searchd version "},
		{name: "help", args: []string{"--help"}, says: "XUNWEN_"},
		{name: "an unknown flag", args: []string{"--lisen", "x"}, code: 2, says: "--lisen"},
		{name: "an argument", args: []string{"indexes/news"}, code: 2, says: "indexes/news"},
		{name: "no port", args: []string{"--listen", "localhost"}, code: 2, says: "host:port"},
		{
			name: "no port in the environment",
			env:  map[string]string{"XUNWEN_LISTEN": "localhost"},
			code: 2, says: "host:port",
		},
		{name: "no admin port", args: []string{"--admin-listen", "localhost"}, code: 2, says: "--admin-listen"},
		{
			name: "an admin address in use",
			args: []string{"--index", emptyFolder(t), "--listen", "127.0.0.1:0",
				"--admin-listen", taken.Addr().String()},
			code: 1, says: "--admin-listen",
		},
		{
			name: "an invalid proxy",
			env:  map[string]string{"XUNWEN_TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/33"},
			code: 2, says: `--trusted-proxies "10.0.0.0/33"`,
		},
		{name: "no concurrency", args: []string{"--concurrency", "0"}, code: 2, says: "--concurrency 0"},
		{name: "a negative queue", env: map[string]string{"XUNWEN_QUEUE": "-1"}, code: 2, says: "--queue -1"},
		{
			name: "an unknown segmenter",
			env:  map[string]string{"XUNWEN_SEGMENTER": "ik"},
			code: 2, says: `XUNWEN_SEGMENTER="ik": want builtin or gojieba`,
		},
		{name: "an unknown log format", args: []string{"--log-format", "xml"}, code: 2, says: "text|json"},
		{
			name: "an address in use",
			args: []string{"--index", emptyFolder(t), "--listen", taken.Addr().String()},
			code: 1, says: "address already in use",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for k, v := range tc.env {
				t.Setenv(k, v)
			}
			var out bytes.Buffer
			err := run(t.Context(), append([]string{}, tc.args...), strings.NewReader(""), &out, io.Discard)
			if err != nil {
				fmt.Fprintln(&out, err)
			}
			if code := cli.ExitCode(err); code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			if !strings.Contains(out.String(), tc.says) {
				t.Errorf("it says %q, which does not contain %q", out.String(), tc.says)
			}
		})
	}
}

func TestAccessOnTheCommandLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte("# one\nwire\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args []string
		says string
	}{
		{[]string{"--api-keys", file}, file + ":2: "},
		{[]string{"--api-keys", file + ".not"}, "no such file"},
		{[]string{"--rate", "-1"}, "--rate -1"},
		{[]string{"--rate", "NaN"}, "--rate NaN"},
		{[]string{"--burst", "3"}, "--rate"},
		{[]string{"--rate", "1", "--burst", "-3"}, "--burst -3"},
		{[]string{"--cors-origin", "app.example"}, "--cors-origin"},
		{[]string{"--cors-origin", "https://app.example/"}, "--cors-origin"},
		{[]string{"--connections", "-1"}, "--connections -1"},
		{[]string{"--pprof"}, "--pprof has no effect without --admin-listen"},
		{[]string{"--public-url", "news.example.org"}, "--public-url"},
		{[]string{"--public-url", "https://news.example.org/archive"}, "want a scheme and a host"},
		{[]string{"--public-url", "https://user@news.example.org"}, "--public-url"},
		{[]string{"--public-url", "ftp://news.example.org"}, "--public-url"},
		{[]string{"--hosts", "news.example.org:8080"}, "--hosts"},
		{[]string{"--hosts", "https://news.example.org"}, "--hosts"},
		{[]string{"--hosts", "*.example.org"}, "--hosts"},
		{[]string{"key"}, "want one NAME"},
		{[]string{"key", "two words"}, "two words"},
	} {
		err := run(t.Context(), tc.args, strings.NewReader(""), io.Discard, io.Discard)
		if cli.ExitCode(err) != cli.ExitUsage || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%v: %v", tc.args, err)
		}
	}
}

// TestDrain checks that a stopping server answers the request in flight and takes
// no new connection.
func TestDrain(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	began, release := make(chan struct{}), make(chan struct{})
	srv := newServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		receive(t, release, "the test never releases the handler")
		io.WriteString(w, "whole")
	}), quiet)
	stopping := make(chan struct{})
	srv.RegisterOnShutdown(func() { close(stopping) })
	var wait sync.WaitGroup
	wait.Go(func() { srv.Serve(listener) })
	wait.Go(func() {
		client := http.Client{Timeout: waitTime}
		resp, err := client.Get("http://" + listener.Addr().String())
		if err != nil {
			t.Errorf("the request in flight: %v", err)
			return
		}
		defer resp.Body.Close()
		if body, err := io.ReadAll(resp.Body); string(body) != "whole" || err != nil {
			t.Errorf("the request in flight got %q, %v", body, err)
		}
	})
	receive(t, began, "the request does not arrive")
	wait.Go(func() {
		if err := drain(srv, quiet); err != nil {
			t.Errorf("drain: %v", err)
		}
	})
	receive(t, stopping, "the server does not shut down") // its listener is closed by then
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("a stopping server takes new connections")
	}
	close(release)
	waitFor(t, &wait)
}
