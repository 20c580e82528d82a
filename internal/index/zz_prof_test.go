package index

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"
	"xunwen/internal/news"
)

func TestZZAppend(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" {
		t.Skip()
	}
	f, _ := os.Open("/tmp/trust/k1.jsonl")
	t0 := time.Now()
	o := BuildOptions{Out: dir, Keep: 5, Append: true}
	s, err := Build(t.Context(), o, func(ctx context.Context, emit func(*news.Article) error) error {
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<24)
		for sc.Scan() {
			var m map[string]string
			json.Unmarshal(sc.Bytes(), &m)
			a := news.Article{ID: m["id"], Title: m["title"], Date: m["date"], Paragraphs: []news.Paragraph{{Text: m["text"]}}}
			a.Normalize()
			if err := emit(&a); err != nil {
				return err
			}
		}
		return nil
	})
	t.Log(s, err, time.Since(t0))
}
