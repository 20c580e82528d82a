package source_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// page is a newspaper page with one article.
const page = `共识难觅

　　俄罗斯与美国举行新一轮战略稳
定对话，双方未就主要问题达成一致。
会谈持续了八个小时，代表团随后离开
了会场，没有发表共同声明。

　　俄罗斯副外长里亚布科夫说，双方
同意继续接触，下一轮对话的时间和地
点将通过外交渠道商定，具体安排还要
等各自首都的指示。（据新华社）
`

const (
	recordA = `{"title":"甲","text":"甲文"}` + "\n"
	recordB = `{"title":"乙","text":"乙文"}` + "\n"
)

// tree writes files below a new folder, which it returns.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func gz(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

// read reads paths below root and returns articles and rejects; rejects are
// without root.
func read(t *testing.T, root string, opts source.Options, paths ...string) (articles []news.Article, rejects []string) {
	t.Helper()
	full := make([]string, len(paths))
	for i, p := range paths {
		if full[i] = p; p != source.Stdin {
			full[i] = root + "/" + p
		}
	}
	inputs, err := source.Expand(full)
	if err != nil {
		t.Fatal(err)
	}
	opts.CacheDir = cacheDir
	for e, err := range source.Read(t.Context(), inputs, opts) {
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Article != nil:
			articles = append(articles, *e.Article)
		case e.Reject != nil:
			rejects = append(rejects, strings.TrimPrefix(e.Reject.String(), root+"/"))
		}
	}
	return articles, rejects
}

func titles(articles []news.Article) string {
	var all []string
	for _, a := range articles {
		all = append(all, a.Title)
	}
	return strings.Join(all, " ")
}
