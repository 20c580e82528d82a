package build

import (
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/index"
	"xunwen/internal/inversion"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/segment"
)

// invertShare is the share of the articles that BenchmarkInvert takes, which is what one of
// four workers would get.
const invertShare = 4

// BenchmarkInvert measures the processor time of segmentation and inversion by one worker, and
// of the merge of its runs, in seconds of user and system time. XUNWEN_BENCH names a folder
// with articles.jsonl.
func BenchmarkInvert(b *testing.B) {
	dir := os.Getenv("XUNWEN_BENCH")
	if dir == "" {
		b.Skip("XUNWEN_BENCH is not set")
	}
	var articles []*news.Article
	all := 0
	readStage(b, filepath.Join(dir, "articles.jsonl"), func(a *news.Article) {
		if all++; all%invertShare == 0 {
			articles = append(articles, a)
		}
	})
	words, err := analyzer.Open(stageDictionaries(b))
	if err != nil {
		b.Fatal(err)
	}
	defer words.Close()
	s := &stages{words: words, articles: articles}
	b.Run("analyze", func(b *testing.B) {
		s.cpu(b, func() { s.documents(b, nothing{}, func() error { return nil }) })
	})
	var v *inversion.Inversion
	b.Run("invert", func(b *testing.B) { s.cpu(b, func() { v = s.invert(b) }) })
	b.Run("merge", func(b *testing.B) { s.cpu(b, func() { s.merge(b, v) }) })
}

// nothing is a document.Counter that counts nothing.
type nothing struct{}

func (nothing) Add(int, string, int) {}

// documents gives all terms to a counter.
func (s *stages) documents(b *testing.B, terms document.Counter, end func() error) {
	signer := &neardup.Signer{}
	documents := document.Maker{Words: s.words, Sign: signer, Terms: terms}
	for _, a := range s.articles {
		for range documents.Of(a) {
			if err := end(); err != nil {
				b.Fatal(err)
			}
		}
		signer.Sign()
	}
}

func (s *stages) invert(b *testing.B) *inversion.Inversion {
	v := inversion.New(document.FieldNames(), 1, inversion.Options{Dir: b.TempDir(), Memory: postingMemory / 2})
	w := v.Workers()[0]
	s.documents(b, w, func() error { return w.EndDocument(b.Context()) })
	if err := w.End(b.Context()); err != nil {
		b.Fatal(err)
	}
	return v
}

func (s *stages) merge(b *testing.B, v *inversion.Inversion) {
	articles := make([]index.ArticleColumns, len(s.articles))
	for i, a := range s.articles {
		articles[i].Documents = make([]index.DocumentColumns, 1+len(a.Paragraphs))
	}
	w, err := segment.Create(filepath.Join(b.TempDir(), segmentFile), uint32(v.Documents()))
	if err != nil {
		b.Fatal(err)
	}
	if err := v.WriteTo(b.Context(), segmentSink{w, articlesOfDocuments(articles)}); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}
