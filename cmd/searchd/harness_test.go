package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/source/jsonl"
)

// samples are the articles that tests search: the sample newspapers, and some
// that try to break a page.
var samples = []string{"../../samples/articles.jsonl", "testdata/hostile.jsonl"}

var quiet = slog.New(slog.DiscardHandler)

// sharedFolder is for what tests share; TestMain makes and removes it.
var sharedFolder string

// sampleIndex is built once, by the first test that asks for it.
var sampleIndex = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(sharedFolder, "samples")
	return dir, buildIndex(dir, samples...)
})

func TestMain(m *testing.M) {
	if os.Getenv(childName) != "" {
		os.Exit(beSearchd())
	}
	var err error
	if sharedFolder, err = os.MkdirTemp("", "searchd-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(sharedFolder)
	os.Exit(code)
}

// buildIndex publishes an index of files of records. It is cut with few words,
// since each start of a server would spend most of its time on loading all.
func buildIndex(dir string, files ...string) error {
	dictionaries, err := analyzertest.ReadFrequent()
	if err != nil {
		return err
	}
	return buildWith(dictionaries, dir, files...)
}

// buildWith does that with other dictionaries, nil for the program's own.
func buildWith(dictionaries fs.FS, dir string, files ...string) error {
	_, err := index.Build(context.Background(), index.BuildOptions{Out: dir, Dictionaries: dictionaries, Keep: 2, Log: quiet},
		func(_ context.Context, emit func(*news.Article) error) error {
			for _, name := range files {
				if err := readFile(name, emit); err != nil {
					return err
				}
			}
			return nil
		})
	return err
}

func readFile(name string, emit func(*news.Article) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := jsonl.NewReader(f, false)
	for {
		a, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = a.Normalize()
		}
		if err == nil {
			err = emit(a)
		}
		if err != nil {
			return err
		}
	}
}

// serveSamples runs searchd over the samples and returns its address.
func serveSamples(t testing.TB) string {
	t.Helper()
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, dir)
}

// start runs searchd over an index folder on a free port, with flags besides,
// and returns its address. When the test ends it is told to stop, and must without an error.
func start(t testing.TB, dir string, flags ...string) string {
	t.Helper()
	var log bytes.Buffer
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("its log:\n%s", log.String())
		}
	})
	return startLogging(t, dir, &log, flags...)
}

// startLogging does that with a log of the test's own.
func startLogging(t testing.TB, dir string, log io.Writer, flags ...string) string {
	t.Helper()
	address, _ := launch(t, dir, log, flags...)
	return address
}

// launch returns also what searchd says after its address.
func launch(t testing.TB, dir string, log io.Writer, flags ...string) (address string, more *bufio.Reader) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, stdout := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"--index", dir, "--listen", "127.0.0.1:0"}, flags...), strings.NewReader(""), stdout, log)
		stdout.Close()
		done <- err
	}()
	more = bufio.NewReader(out)
	line, err := more.ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "serving ")
	if err != nil || !ok {
		stop()
		t.Fatalf("searchd said %q (%v) and ended with: %v", line, err, <-done)
	}
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("searchd stopped with: %v", err)
		}
	})
	return address, more
}

// emptyFolder is a folder without an index.
func emptyFolder(t testing.TB) string {
	return filepath.Join(t.TempDir(), "news")
}
