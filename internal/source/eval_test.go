package source_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// TestEvalReading reads the small inputs of the folder in XUNWEN_READING and compares
// the members that its want.jsonl gives. body is the number of body paragraphs.
func TestEvalReading(t *testing.T) {
	dir := os.Getenv("XUNWEN_READING")
	if dir == "" {
		t.Skip("XUNWEN_READING is not set")
	}
	list, err := os.ReadFile(filepath.Join(dir, "want.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(list) {
		var want struct {
			File     string
			Articles []map[string]any
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		t.Run(want.File, func(t *testing.T) {
			got := articlesIn(t, filepath.Join(dir, want.File))
			if len(got) != len(want.Articles) {
				t.Fatalf("%d articles, want %d", len(got), len(want.Articles))
			}
			for i, members := range want.Articles {
				for name, value := range members {
					if got := got[i][name]; got != value {
						t.Errorf("article %d: %s is %q, want %q", i+1, name, got, value)
					}
				}
			}
		})
	}
}

// articlesIn returns the members of the articles in a file, with their number of body
// paragraphs as body.
func articlesIn(t *testing.T, file string) []map[string]any {
	t.Helper()
	inputs, err := source.Expand([]string{file})
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for event, err := range source.Read(t.Context(), inputs, source.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if event.Article == nil {
			continue
		}
		written, err := json.Marshal(event.Article)
		if err != nil {
			t.Fatal(err)
		}
		var members map[string]any
		if err := json.Unmarshal(written, &members); err != nil {
			t.Fatal(err)
		}
		bodies := 0
		for _, p := range event.Article.Paragraphs {
			if p.Kind == news.Body {
				bodies++
			}
		}
		members["body"] = float64(bodies)
		all = append(all, members)
	}
	return all
}
