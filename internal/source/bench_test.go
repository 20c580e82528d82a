package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/source"
)

// BenchmarkFolder reads a folder of 100,000 pages.
func BenchmarkFolder(b *testing.B) {
	root := b.TempDir()
	makePages(b, root, 100_000)
	b.SetBytes(int64(len(page)) * 100_000)
	for b.Loop() {
		inputs, err := source.Expand([]string{root})
		if err != nil {
			b.Fatal(err)
		}
		readAll(b, inputs)
	}
}

// BenchmarkRecords reads records of UTF-8 and of GB18030 from a file.
func BenchmarkRecords(b *testing.B) {
	lines := strings.Repeat(
		`{"id":"","date":"2022-01-12","title":"对话","text":"`+strings.Repeat("俄罗斯与美国举行新一轮战略稳定对话。", 40)+`"}`+"\n",
		5000,
	)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(lines)
	if err != nil {
		b.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": lines, "GB18030": gb} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "a.jsonl")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				b.Fatal(err)
			}
			inputs, err := source.Expand([]string{path})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				readAll(b, inputs)
			}
		})
	}
}

// readAll reads inputs that contain only valid articles.
func readAll(b *testing.B, inputs []source.Input) {
	b.Helper()
	for e, err := range source.Read(b.Context(), inputs, source.Options{}) {
		if err != nil || e.Article == nil {
			b.Fatalf("reject %v, error %v", e.Reject, err)
		}
	}
}
