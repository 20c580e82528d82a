package source_test

import (
	"io"
	"mime/quotedprintable"
	"os"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source"
)

const webPage = `<!DOCTYPE html><html><head><title>大桥通车_青禾网</title></head><body><h1>大桥通车</h1>
<div>2025-03-12 来源：青禾晚报</div><div><p>青禾大桥昨天上午通车，沿江三个镇的居民不再靠轮渡过江。</p></div></body></html>`

// savedPage is webPage as a browser saves it.
var savedPage = "From: <Saved by a browser>\n" +
	"Snapshot-Content-Location: https://a.example/x.html\n" +
	"Subject: =?utf-8?Q?=E9=80=9A?=\n" +
	"MIME-Version: 1.0\n" +
	"Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"--edge\"\n\n\n" +
	"----edge\nContent-Type: image/gif\nContent-Transfer-Encoding: base64\n\nR0lGODlh\n" +
	"----edge\nContent-Type: text/html\nContent-ID: <1>\nContent-Transfer-Encoding: quoted-printable\n" +
	"Content-Location: https://b.example/y.html\n\n" + quotedPrintable(webPage) + "\n----edge--\n"

func quotedPrintable(s string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	io.WriteString(w, s) // a strings.Builder takes all
	w.Close()
	return strings.ReplaceAll(b.String(), "\r", "")
}

// TestSavedPageURL checks that a saved web page has the address that it was
// saved from.
func TestSavedPageURL(t *testing.T) {
	articles, rejects := read(t, tree(t, map[string]string{"a.mht": savedPage}), source.Options{}, "a.mht")
	if len(articles) != 1 || articles[0].URL != "https://a.example/x.html" || articles[0].Source != "青禾晚报" {
		t.Errorf("%+v, rejects %q", articles, rejects)
	}
}

// threePages is a PDF of three pages, the second without text.
func threePages(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("pdf/testdata/pages/three.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestPDF checks that each page of a PDF becomes a page of the newspaper, with
// its number in the file unless it states one, and that the path supplies the
// rest.
func TestPDF(t *testing.T) {
	root := tree(t, map[string]string{"临江日报/2026-03-16/p07.pdf.gz": gz(t, string(threePages(t)))})
	articles, rejects := read(t, root, source.Options{Format: source.PDF}, "临江日报")
	wantRejects := []string{
		"临江日报/2026-03-16/p07.pdf.gz:2: page 2: no text: a scan, or type drawn as curves; run it through OCR first",
	}
	if !slices.Equal(rejects, wantRejects) {
		t.Errorf("rejects %q, want %q", rejects, wantRejects)
	}
	var got []string
	for _, a := range articles {
		got = append(got, strings.Join([]string{a.Publication, a.Date, a.Page, a.Title, a.Paragraphs[0].Text}, " "))
	}
	want := []string{
		"临江日报 2026-03-16 1 大桥通车 青禾大桥昨天上午正式通车，沿江三个镇的居民不再靠轮渡过江。",
		"临江日报 2026-03-16 3 夜市开张 东门夜市今晚开张，六十个摊位都已经有了主人。",
	}
	if !slices.Equal(got, want) {
		t.Errorf("articles %q, want %q", got, want)
	}
}
