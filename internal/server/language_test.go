package server

import (
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"xunwen/internal/wording"
	"xunwen/web"
)

// getAs requests a path with headers, given as alternating names and values.
func getAs(t *testing.T, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	New(&stub{}, Options{}).ServeHTTP(w, r)
	return w
}

func TestLanguageOfPages(t *testing.T) {
	for _, tc := range []struct {
		name    string
		headers []string
		want    string
	}{
		{"none said", nil, "zh-CN"},
		{"the browser's", []string{"Accept-Language", "en-GB,en;q=0.9"}, "en"},
		{"the reader's own choice is stronger", []string{"Accept-Language", "en", "Cookie", "language=zh-CN"}, "zh-CN"},
		{"the other way round", []string{"Accept-Language", "zh", "Cookie", "language=en"}, "en"},
		{"a cookie that means nothing", []string{"Accept-Language", "en", "Cookie", "language=<b>"}, "en"},
	} {
		for path, status := range map[string]int{"/": 200, "/search?q=x": 200, "/search?q=x+OR": 200, "/nowhere": 404,
			"/browse?date=x": 400} {
			w := getAs(t, path, tc.headers...)
			if w.Code != status || !strings.Contains(w.Body.String(), `<html lang="`+tc.want+`">`) {
				t.Errorf("%s, %s: %d, not in %s", tc.name, path, w.Code, tc.want)
			}
			if got := strings.Join(w.Header().Values("Vary"), ", "); !strings.Contains(got, "Accept-Language, Cookie") {
				t.Errorf("%s, %s: Vary: %s", tc.name, path, got)
			}
		}
	}
	for _, path := range []string{"/api/v1/search?q=x", "/api/v1/search", "/healthz"} {
		w := getAs(t, path, "Accept-Language", "zh-CN")
		if got := strings.Join(w.Header().Values("Vary"), ", "); strings.Contains(got, "Cookie") {
			t.Errorf("%s is the same in every language, but has Vary: %s", path, got)
		}
	}
}

// TestLanguageSwitch follows the language link of a page.
func TestLanguageSwitch(t *testing.T) {
	const page = "/search?q=%E5%8C%97%E7%BA%A6&sort=newest"
	body := getAs(t, page).Body.String()
	link := regexp.MustCompile(`id="language" data-live href="([^"]+)"`).FindStringSubmatch(body)
	if link == nil {
		t.Fatal("no link to switch the language")
	}
	w := getAs(t, strings.ReplaceAll(link[1], "&amp;", "&"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != page {
		t.Errorf("%s answers %d and leads to %s", link[1], w.Code, w.Header().Get("Location"))
	}
	kept := w.Result().Cookies()
	if len(kept) != 1 || kept[0].Value != "en" || kept[0].MaxAge <= 0 || kept[0].Path != "/" {
		t.Fatalf("cookies: %v", kept)
	}
	back := getAs(t, page, "Cookie", kept[0].Name+"="+kept[0].Value).Body.String()
	if !strings.Contains(back, `<html lang="en">`) {
		t.Error("the page is not in English afterwards")
	}
}

func TestLanguageSwitchStaysHere(t *testing.T) {
	for _, back := range []string{"", "https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "%2F%5Cevil.example",
		"javascript%3Aalert(1)",
		"%2F%09%2Fevil.example", "evil", "%2Fa%0d%0aSet-Cookie:x=y"} {
		if w := getAs(t, "/language?to=en&back="+back); w.Header().Get("Location") != "/" {
			t.Errorf("back=%s leads to %q", back, w.Header().Get("Location"))
		}
	}
	if w := getAs(t, "/language?to=fr&back=/"); w.Code != 400 || len(w.Result().Cookies()) > 0 {
		t.Errorf("French: %d %v", w.Code, w.Result().Cookies())
	}
}

// TestTextsAreInWording checks that every text that a template uses is in package
// wording, that every text there is used, and that no template has texts of its own.
func TestTextsAreInWording(t *testing.T) {
	used := map[string]bool{}
	name := regexp.MustCompile(`\.[A-Z]\w*(?:\.[A-Z]\w*)?`)
	collect := func(text string) {
		for _, found := range name.FindAllString(text, -1) {
			for part := range strings.SplitSeq(found[1:], ".") {
				used[part] = true
			}
		}
	}
	words := map[string]bool{}
	all := reflect.TypeFor[wording.Words]()
	for i := range all.NumField() {
		if page := all.Field(i); page.Type.Kind() == reflect.Struct {
			for j := range page.Type.NumField() {
				words[page.Name+"."+page.Type.Field(j).Name] = true
			}
		}
	}
	han := regexp.MustCompile(`\p{Han}+`)
	asked := regexp.MustCompile(`\b(?:W|w)\.(\w+\.\w+)`)
	files := maps.Collect(templateFiles(t))
	sources, err := filepath.Glob("*/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	for _, source := range sources {
		if b, err := os.ReadFile(source); err != nil {
			t.Fatal(err)
		} else if !strings.HasSuffix(source, "_test.go") {
			files[source] = string(b)
		}
	}
	for file, text := range files {
		collect(text)
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			page, _, _ := strings.Cut(m[1], ".")
			if f, ok := all.FieldByName(page); ok && f.Type.Kind() == reflect.Struct && !words[m[1]] {
				t.Errorf("%s uses %s, which doesn't exist", file, m[1])
			}
		}
		if !strings.HasSuffix(file, ".html") {
			continue
		}
		for line := range strings.Lines(text) {
			if found := han.FindString(line); found != "" && !strings.Contains(line, `lang="zh-CN"`) {
				t.Errorf("%s has a text of its own: %s", file, found)
			}
		}
	}
	for word := range words {
		if _, field, _ := strings.Cut(word, "."); !used[field] {
			t.Errorf("nothing uses %s", word)
		}
	}
}

// templateFiles returns the sources of the templates by name.
func templateFiles(t *testing.T) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		names, err := fs.Glob(web.Files, "templates/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			b, err := fs.ReadFile(web.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(name, string(b)) {
				return
			}
		}
	}
}
