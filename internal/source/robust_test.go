package source_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/source"
)

// TestLineEnds checks that a page reads the same whatever its line ends are, and
// that records do, including NULs written as NULs.
func TestLineEnds(t *testing.T) {
	records := recordA + `{"title":"乙\u0000二","text":"一\u0000\r\n二"}` + "\n"
	want, _ := read(t, tree(t, map[string]string{"a.txt": page, "b.jsonl": records}), source.Options{}, ".")
	if len(want) != 3 {
		t.Fatalf("titles %q", titles(want))
	}
	for _, end := range []string{"\r\n", "\r"} {
		files := map[string]string{
			"a.txt":   strings.ReplaceAll(page, "\n", end),
			"b.jsonl": strings.ReplaceAll(records, "\n", "\r\n"),
		}
		got, rejects := read(t, tree(t, files), source.Options{}, ".")
		if !reflect.DeepEqual(got, want) || len(rejects) > 0 {
			t.Errorf("with %q: got %+v, rejects %q; want %+v", end, got, rejects, want)
		}
	}
	for _, a := range want {
		if text := fmt.Sprint(a); strings.ContainsAny(text, "\x00\r") {
			t.Errorf("control characters in %q", text)
		}
	}
}

// TestDamagedArchives truncates and damages compressed files at many places: the
// records before the place are intact, the place is reported once, and the files
// before and after are read.
func TestDamagedArchives(t *testing.T) {
	var whole strings.Builder
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		fmt.Fprintf(&whole, `{"title":"第%d篇","text":"%x"}`+"\n", i, random.Uint64()) // barely compressible: many blocks
	}
	all, _ := read(t, tree(t, map[string]string{"b": whole.String()}), source.Options{}, "b")
	for name, packed := range map[string]string{"b.jsonl.gz": gz(t, whole.String()),
		"b.jsonl.zst": zst(t, whole.String())} {
		for step := range 60 {
			at := step * len(packed) / 60
			for what, broken := range map[string]string{
				"cut":     packed[:at],
				"damaged": packed[:at] + string(packed[at]^0x55) + packed[at+1:],
			} {
				root := tree(t, map[string]string{"a.jsonl": recordA, name: broken, "c.jsonl": recordB})
				got, rejects := read(t, root, source.Options{}, ".")
				if len(got) < 2 || got[0].Title != "甲" || got[len(got)-1].Title != "乙" {
					t.Fatalf("%s %s at %d: neighbours lost: %d articles", name, what, at, len(got))
				}
				got = got[1 : len(got)-1]
				if what == "damaged" && len(rejects) == 0 && len(got) == len(all) {
					continue // a byte that says nothing of the content, such as the time in a header
				}
				if len(rejects) == 0 || len(got) > len(all) {
					t.Fatalf("%s %s at %d: %d articles, rejects %q", name, what, at, len(got), rejects)
				}
				if what == "cut" &&
					(len(rejects) != 1 ||
						!strings.HasPrefix(rejects[0], fmt.Sprintf("%s:%d: the ", name, len(got)+1))) {
					t.Fatalf("%s cut at %d after %d articles: rejects %q", name, at, len(got), rejects)
				}
				for i := range got {
					if what == "cut" && got[i].Title != all[i].Title {
						t.Fatalf("%s cut at %d: article %d is %q", name, at, i, got[i].Title)
					}
				}
			}
		}
	}
}

// TestManyFiles reads a folder as large as an archive of several years.
func TestManyFiles(t *testing.T) {
	const files = 3000
	root := t.TempDir()
	makePages(t, root, files)
	inputs, err := source.Expand([]string{root})
	if err != nil || len(inputs) != files {
		t.Fatalf("%d inputs, error %v", len(inputs), err)
	}
	n, last := 0, ""
	for e, err := range source.Read(t.Context(), inputs, source.Options{}) {
		if err != nil || e.Article == nil {
			t.Fatalf("reject %v, error %v", e.Reject, err)
		}
		if e.Article.File <= last {
			t.Fatalf("%s after %s", e.Article.File, last)
		}
		n, last = n+1, e.Article.File
	}
	if n != files {
		t.Errorf("%d articles, want %d", n, files)
	}
}

// makePages writes pages with one article each, 100 per folder.
func makePages(tb testing.TB, root string, files int) {
	tb.Helper()
	for i := range files {
		dir := filepath.Join(root, fmt.Sprintf("%05d", i/100))
		if i%100 == 0 {
			if err := os.Mkdir(dir, 0o755); err != nil {
				tb.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%02d.txt", i%100)), []byte(page), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

// samples are inputs of every kind, for mutation.
func samples(t testing.TB) map[string]string {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(page + traditionalPage)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"a.txt": page, "gb.txt": gb, "b.jsonl": recordA + recordB, "none": page,
		"c.jsonl": `{"id":"x","date":"2022-01-12","page":"5","title":"题","paragraphs":[{"section":"节` +
			`","kind":"caption","text":"图"},{"text":"文"}]}` + "\r\n",
		"d.json": `{"n":2,"data":[{"标题":"甲","content":"<p>文</p>","authors":[{"name":"周舟"}]},` + "\n" + recordA + `]}`,
		"e.csv":  "title,pub_time,content\n甲,2024-03-05,\"文\n二\"\n乙,2024/3/6,文\n",
		"f.tsv":  "title\ttext\n甲\t文\n乙\t文\n",
		"g.md": "---\ntitle: 甲\ndate: 2024-03-05\n---\n# 甲\n\n" + opened +
			"\n\n| 站 | 客 |\n|---|---|\n| 东 | 9 |\n\n<p>" + walked + "</p>\n",
		"h.xml": `<?xml version="1.0"?><rss><channel><title>柳</title><item><title>甲</title><description>&lt;p&gt;文</description>` +
			`<pubDate>Tue, 05 Mar 2024 20:00:00 GMT</pubDate></item></channel></rss>`,
		"i.dat":  "<doc>\n<url>u</url>\n<contenttitle>甲</contenttitle>\n<content>文&b<p></content>\n</doc>\n<doc><content>二</doc>\n",
		"j.warc": crawl(ok + "\r\n" + webPage),
		"k.zip":  zipOf(t, "a.jsonl", recordA, "b/c.txt", page, "d.zip", zipOf(t, "e.jsonl", recordB)),
		"l.tar":  tarOf(t, "a.jsonl", recordA, "b/c.txt", page),
		"m.txt":  "新桥\n作者：周舟 时间：2024-03-05\n" + opened + "\n\n老桥\n时间：2024-03-06\n" + walked + "\n",
		"n.txt":  "1_!_2_!_x_!_新桥_!_桥\n2_!_2_!_x_!_老桥_!_\n",
	}
}

// TestMutatedInputs changes samples at random: reading ends, articles are valid,
// each reject is one line and names the file, and the files before and after are
// read.
func TestMutatedInputs(t *testing.T) {
	const rounds = 300
	random := rand.New(rand.NewPCG(3, 4))
	root := tree(t, neighbours)
	for name, sample := range samples(t) {
		for range rounds {
			checkNeighbours(t, root, name, mutate(random, sample))
		}
		checkNeighbours(t, root, name+".gz", gz(t, mutate(random, sample)))
		checkNeighbours(t, root, name+".zst", zst(t, mutate(random, sample)))
	}
}

func mutate(random *rand.Rand, s string) string {
	b := []byte(s)
	for range 1 + random.IntN(8) {
		at, to := random.IntN(len(b)), random.IntN(len(b))
		switch random.IntN(4) {
		case 0:
			b[at] = byte(random.Uint32())
		case 1:
			b = append(b[:at:at], b[min(len(b)-1, at+random.IntN(64)):]...)
		case 2:
			b = append(b[:at:at], append([]byte(s[:min(len(s), to)]), b[at:]...)...)
		case 3:
			b[at], b[to] = b[to], b[at]
		}
		if len(b) == 0 {
			return "\x00"
		}
	}
	return string(b)
}

// neighbours are the files before and after the one that is checked.
var neighbours = map[string]string{"before.jsonl": recordA, "after.txt": page}

// checkNeighbours reads content as a file of that name between neighbours, which
// are in root.
func checkNeighbours(t *testing.T, root, name, content string) {
	t.Helper()
	inputs := []string{filepath.Join(root, "before.jsonl"), filepath.Join(root, name), filepath.Join(root, "after.txt")}
	if err := os.WriteFile(inputs[1], []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	expanded, err := source.Expand(inputs)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for e, err := range source.Read(t.Context(), expanded, source.Options{}) {
		switch {
		case err != nil:
			t.Errorf("%q: %v", content, err)
		case e.Article != nil:
			a := e.Article
			got = append(got, a.Title)
			if a.ID == "" || a.Title == "" && len(a.Paragraphs) == 0 || !utf8.ValidString(fmt.Sprint(*a)) {
				t.Errorf("%q yields %+v", content, *a)
			}
		case e.Reject != nil:
			r := e.Reject
			if r.File != inputs[1] && !strings.HasPrefix(r.File, inputs[1]+"!/") || r.Line < 1 || r.Reason == "" ||
				strings.Count(r.String(), "\n") > 0 {
				t.Errorf("%q is rejected with %+v", content, r)
			}
		}
	}
	if len(got) < 2 || got[0] != "甲" || got[len(got)-1] != "共识难觅" {
		t.Errorf("%q: neighbours are missing: titles %q", content, got)
	}
}

func FuzzRead(f *testing.F) {
	names := []string{"p.txt", "p.jsonl", "p", "p.txt.gz", "p.jsonl.gz", "p.jsonl.zst", "p.mhtml", "p.csv", "p.md",
		"p.json", "p.tsv", "p.xml", "p.dat", "p.warc", "p.zip", "p.tar"}
	for name, sample := range samples(f) {
		f.Add(uint8(0), []byte(sample))
		f.Add(uint8(1), []byte(sample))
		f.Add(uint8(2), []byte(sample)) // by its content
		for i, other := range names {
			if filepath.Ext(other) == filepath.Ext(name) {
				f.Add(uint8(i), []byte(sample))
			}
		}
		if strings.HasSuffix(name, "jsonl") {
			f.Add(uint8(5), []byte("\x28\xb5\x2f\xfd\x04\x00"+sample))
		}
	}
	f.Add(uint8(6), []byte(savedPage))
	f.Fuzz(func(t *testing.T, name uint8, content []byte) {
		checkNeighbours(t, tree(t, neighbours), names[int(name)%len(names)], string(content))
	})
}
