package analyzer

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEvalSegmenter is for make eval: it compares the words of all texts of the corpora
// with those of gojieba. XUNWEN_CORPORA is a folder with files .jsonl.gz.
func TestEvalSegmenter(t *testing.T) {
	dir := os.Getenv("XUNWEN_CORPORA")
	if dir == "" {
		t.Skip("XUNWEN_CORPORA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpora in %s: %v", dir, err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			texts, size := 0, 0
			eachText(t, path, func(text string) {
				for _, c := range eachCutters(t) {
					c.check(t, text)
				}
				texts, size = texts+1, size+len(text)
			})
			t.Logf("%d texts, %.1f MB: no difference", texts, float64(size)/1e6)
		})
	}
}

// eachText calls do with the strings of a JSON Lines file.
func eachText(t testing.TB, path string, do func(string)) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(bufio.NewReader(unpacked))
	for {
		var line any
		if err := lines.Decode(&line); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		eachString(line, do)
	}
}

func eachString(value any, do func(string)) {
	switch v := value.(type) {
	case string:
		do(strings.TrimSpace(v))
	case []any:
		for _, e := range v {
			eachString(e, do)
		}
	case map[string]any:
		for _, e := range v {
			eachString(e, do)
		}
	}
}
