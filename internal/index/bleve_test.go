package index_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

// An index can be read with plain bleve: each volume has a bleve index, whose
// mapping names the analyzers that package analyzer registers when it is imported.
func Example_bleve() {
	dir, err := os.MkdirTemp("", "news")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	_, err = build.Index(context.Background(), build.Options{Out: dir}, buildtest.Articles(
		news.Article{ID: "a", Title: "茶节", Paragraphs: []news.Paragraph{{Text: "雾岭茶节今天开幕。"}}},
		news.Article{ID: "b", Title: "大桥", Paragraphs: []news.Paragraph{
			{Text: "记者昨天到工地采访。"},
			{Text: "青禾大桥合龙，双向六车道。"},
		}},
	))
	if err != nil {
		log.Fatal(err)
	}

	volumes, err := filepath.Glob(filepath.Join(dir, "*", "volumes", "*"))
	if err != nil {
		log.Fatal(err)
	}
	idx, err := bleve.OpenUsing(filepath.Join(volumes[0], "bleve"), map[string]any{"read_only": true})
	if err != nil {
		log.Fatal(err)
	}
	defer idx.Close()
	records, err := record.Open(filepath.Join(volumes[0], "records"))
	if err != nil {
		log.Fatal(err)
	}
	defer records.Close()

	result, err := idx.Search(bleve.NewSearchRequest(bleve.NewMatchQuery("合龍的大橋")))
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range result.Hits {
		article, paragraph, _ := index.ParseDocumentID(hit.ID)
		a, err := records.Get(int(article))
		if err != nil {
			log.Fatal(err)
		}
		if paragraph == 0 {
			fmt.Println(a.ID, "title:", a.Title)
		} else {
			fmt.Println(a.ID, "paragraph:", a.Paragraphs[paragraph-1].Text)
		}
	}
	// Output:
	// b paragraph: 青禾大桥合龙，双向六车道。
	// b title: 大桥
}

func TestMappingNamesTheRegisteredAnalyzers(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。"))
	folders, err := filepath.Glob(filepath.Join(dir, "*", index.VolumesDir, "*", index.BleveDir))
	if err != nil || len(folders) != 1 {
		t.Fatalf("indexes %v (%v)", folders, err)
	}
	idx, err := bleve.OpenUsing(folders[0], map[string]any{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	defer idx.Close()
	m := idx.Mapping()
	for field, want := range map[string]string{
		engine.Words:        analyzer.WordsAnalyzer,
		engine.Grams:        analyzer.GramsAnalyzer,
		engine.SectionGrams: analyzer.GramsAnalyzer,
		engine.Publication:  "keyword",
		"unknown":           analyzer.WordsAnalyzer,
	} {
		if got := m.AnalyzerNameForPath(field); got != want {
			t.Errorf("%s is analyzed by %q, want %q", field, got, want)
		}
	}
	for field, text := range map[string]string{"": "大桥", engine.Grams: "禾大", engine.ArticleID: "a"} {
		q := bleve.NewMatchQuery(text)
		q.SetField(field)
		found, err := idx.Search(bleve.NewSearchRequest(q))
		if err != nil || found.Total != 1 {
			t.Errorf("%s:%s finds %v (%v), want one document", field, text, found, err)
		}
	}
	fields, err := idx.Fields()
	if err != nil || !slices.Contains(fields, engine.Words) {
		t.Errorf("fields %v (%v)", fields, err)
	}
}
