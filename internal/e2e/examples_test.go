package e2e

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/news"
	"xunwen/internal/source"
)

// buildDemo publishes the index of make demo: the samples' records and pages. Without
// dictionaries it uses the program's own.
func buildDemo(t *testing.T, dictionaries fs.FS) string {
	t.Helper()
	inputs, err := source.Expand([]string{"../../samples/articles.jsonl", "../../samples/pages/*/*/*.txt"})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "news")
	_, err = build.Index(t.Context(), build.Options{Out: dir, Dictionaries: dictionaries, Keep: 1, Log: quiet},
		func(yield func(*news.Article, error) bool) {
			for e, err := range source.Read(context.Background(), inputs, source.Options{}) {
				if (err != nil || e.Article != nil) && !yield(e.Article, err) {
					return
				}
			}
		})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// buildRecords publishes an index of records, one JSON object a line.
func buildRecords(t *testing.T, lines ...string) string {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "records.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(folder, "news")
	if err := buildIndex(dir, file); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestExamplesFind follows every example of the home page and the help page, in
// both languages, over archives of several kinds.
func TestExamplesFind(t *testing.T) {
	sampleDir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range []struct {
		name       string
		dir        string
		home, help int // how many examples at least
	}{
		{"demo", buildDemo(t, analyzertest.Frequent(t)), 6, 20},
		{"samples", sampleDir, 6, 19},
		// A word that the dictionary lacks is no example until several texts have it.
		{"one article", buildRecords(t, `{"id":"1","title":"城市轮渡停航","paragraphs":[{"text":"城市轮渡今天停航。"}]}`), 1, 1},
		{"no titles and no dates", buildRecords(t,
			`{"id":"1","paragraphs":[{"text":"轮渡今天停航，市民改乘公交。"}]}`,
			`{"id":"2","paragraphs":[{"text":"大桥通车，轮渡客流减少。"}]}`), 1, 1},
		{"no words", buildRecords(t, `{"id":"1","title":"……","paragraphs":[{"text":"？！"}]}`), 0, 0},
		{"no index", emptyFolder(t), 0, 0},
	} {
		t.Run(archive.name, func(t *testing.T) {
			base := start(t, archive.dir)
			for _, language := range []string{"zh-CN", "en"} {
				for path, least := range map[string]int{"/": archive.home, "/help": archive.help} {
					if archive.name != "no index" {
						waitForExamples(t, base+path)
					}
					links := exampleLinks(t, base+path, language)
					if len(links) < least {
						t.Errorf("%s in %s has %d examples, want %d", path, language, len(links), least)
					}
					for _, link := range links {
						if n := hitsOn(t, base+link); n == 0 {
							t.Errorf("%s in %s: %s finds nothing", path, language, query(link))
						}
						t.Logf("%s in %s: %s", path, language, query(link))
					}
				}
			}
		})
	}
}

func query(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return u.Query().Get("q")
}

// waitForExamples waits until a page lacks no examples, which it says by its ETag: on a busy
// machine the time to find them may run out, and searchd tries again after a while.
func waitForExamples(t *testing.T, address string) {
	t.Helper()
	for end := time.Now().Add(waitTime); ; time.Sleep(time.Second) {
		resp, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.Header.Get("ETag") != "" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s lacks examples", address)
		}
	}
}

// exampleLinks returns the addresses of the searches that a page links to.
func exampleLinks(t *testing.T, address, language string) []string {
	t.Helper()
	var links []string
	for n := range fetchPage(t, address, language).Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "href" && strings.HasPrefix(a.Val, "/search?") {
				links = append(links, a.Val)
			}
		}
	}
	return links
}

// hitsOn returns how many hits a page of results shows, 0 for a page with an error.
func hitsOn(t *testing.T, address string) int {
	t.Helper()
	hits := 0
	for n := range fetchPage(t, address, "zh-CN").Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "class" && a.Val == "notice":
				return 0
			case n.Data == "li" && a.Key == "id" && strings.HasPrefix(a.Val, "a-"):
				hits++
			}
		}
	}
	return hits
}

func fetchPage(t *testing.T, address, language string) *html.Node {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Language", language)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d", address, resp.StatusCode)
	}
	page, err := html.Parse(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page
}
