package query

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEvalHeadlines checks that no headline of real news is an error and that String
// writes each as Parse read it: the titles and queries of every corpus, and a query
// log. XUNWEN_CORPORA is the folder with them.
func TestEvalHeadlines(t *testing.T) {
	dir := os.Getenv("XUNWEN_CORPORA")
	if dir == "" {
		t.Skip("XUNWEN_CORPORA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	parsed := 0
	for _, file := range files {
		n := 0
		eachHeadline(t, file, func(headline string) {
			if utf8.RuneCountInString(headline) > MaxRunes {
				return
			}
			n++
			if _, err := checkRoundTrip(t, headline); err != nil {
				t.Errorf("%s: %q is an error: %v", filepath.Base(file), headline, err)
			}
		})
		t.Logf("%s: %d headlines", filepath.Base(file), n)
		parsed += n
	}
	if parsed == 0 {
		t.Errorf("%s has no headlines", dir)
	}
}

// eachHeadline calls visit with the titles and queries of a JSON Lines file, or with
// the lines of a text.
func eachHeadline(t *testing.T, path string, visit func(string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if strings.HasSuffix(path, ".txt") {
			visit(lines.Text())
			continue
		}
		var record struct{ Title, Subtitle, Query string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, s := range []string{record.Title, record.Subtitle, record.Query} {
			if s != "" {
				visit(s)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
