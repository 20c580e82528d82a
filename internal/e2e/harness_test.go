package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/jsonl"
)

// samples are the files of articles that tests search: the sample newspapers, and
// articles that try to break a page.
var samples = []string{"../../samples/articles.jsonl", "testdata/hostile.jsonl"}

var quiet = slog.New(slog.DiscardHandler)

// sharedFolder has the files that all tests use; TestMain creates and removes it.
var sharedFolder string

// sampleIndex builds the index of the samples on its first call.
var sampleIndex = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(sharedFolder, "samples")
	return dir, buildIndex(dir, samples...)
})

func TestMain(m *testing.M) {
	var err error
	if sharedFolder, err = os.MkdirTemp("", "searchd-e2e-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.DefaultClient.Timeout = waitTime
	code := m.Run()
	os.RemoveAll(sharedFolder)
	os.Exit(code)
}

// buildIndex publishes an index of files of records. It uses small dictionaries,
// because loading the full ones would take most of the start of each server.
func buildIndex(dir string, files ...string) error {
	dictionaries, err := analyzertest.ReadFrequent()
	if err != nil {
		return err
	}
	return buildWith(dictionaries, dir, files...)
}

// buildWith is buildIndex with other dictionaries; nil means the program's own.
func buildWith(dictionaries fs.FS, dir string, files ...string) error {
	_, err := build.Index(context.Background(),
		build.Options{Out: dir, Dictionaries: dictionaries, Keep: 2, Log: quiet},
		func(yield func(*news.Article, error) bool) {
			for _, name := range files {
				for a, err := range readFile(name) {
					if !yield(a, err) {
						return
					}
				}
			}
		})
	return err
}

// readFile yields the records of a file; it ends with the first error.
func readFile(name string) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		f, err := os.Open(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		r := jsonl.NewReader(f, field.Reader{})
		for {
			record, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil {
				err = record.Article.Normalize()
			}
			if !yield(record.Article, err) || err != nil {
				return
			}
		}
	}
}
