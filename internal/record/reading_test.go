package record

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/pagefile/pagefiletest"
)

// articles returns records of all kinds.
func articles() []*news.Article {
	all := []*news.Article{
		sample("a", "正文"),
		{ID: "b", Title: "只有题"},
		{ID: "c", Subtitle: "副题", Confidence: 1,
			Paragraphs: []news.Paragraph{{Kind: news.Body, Text: "一"}, {Kind: news.Body, Text: "二"}}},
		{ID: "d", Paragraphs: []news.Paragraph{{Text: "无类"}, {Kind: news.Table, Text: "表"}}},
		sample("e", strings.Repeat("大桥今天合龙。", 20000)),
		{},
	}
	sections := &news.Article{ID: "f", Kicker: "引"}
	for i := range 200 {
		sections.Paragraphs = append(sections.Paragraphs, news.Paragraph{
			Section: []string{"", "一", "二"}[i/9%3],
			Kind:    []news.Kind{news.Body, news.Caption}[i/30%2],
			Text:    strings.Repeat("段", i),
		})
	}
	return append(all, sections)
}

func store(t testing.TB, articles []*news.Article) (dir string) {
	t.Helper()
	dir = t.TempDir()
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	var keep []int
	for i, a := range articles {
		keep = append(keep, i)
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(keep); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestAnnouncedRecords announces records that exist and others, which changes nothing.
func TestAnnouncedRecords(t *testing.T) {
	want := articles()
	s, err := Open(store(t, want))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	last := len(want) - 1
	s.Announce(nil)
	s.Announce([]int{-1, 0, last, last + 1, 1 << 40})
	s.Announce(make([]int, 2*Ahead))
	if a, err := s.Get(last); err != nil || a.ID != want[last].ID {
		t.Errorf("the last record is %q, %v", a.ID, err)
	}
}

// TestSingleTexts reads each text of an article alone.
func TestSingleTexts(t *testing.T) {
	want := articles()
	for i := range 20 { // some share values
		a := sample("shared-"+string(rune('a'+i)), "又一篇")
		a.Date, a.URL, a.Confidence = "2026-03-1"+string(rune('0'+i%3)), "http://a.example/shared/"+a.ID, float64(i%4)/3
		want = append(want, a)
	}
	s, err := Open(store(t, want))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d, err := s.Dictionary()
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range want {
		r, err := s.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		check := func(what, want string, codes []byte, ok bool) {
			t.Helper()
			if got, valid := d.Append(nil, codes); !ok || !valid || string(got) != want {
				t.Errorf("%s of %q is %q, want %q", what, a.ID, got, want)
			}
		}
		for which, want := range []string{a.Title, a.Kicker, a.Subtitle} {
			codes, ok := r.Head(which)
			check("a heading", want, codes, ok)
		}
		if got, err := s.Get(i); err != nil || !reflect.DeepEqual(&got, a) && len(a.Paragraphs) > 0 {
			t.Errorf("%q comes back as %+v, %v", a.ID, got, err)
		}
		if r.Paragraphs() != len(a.Paragraphs) {
			t.Errorf("%q has %d paragraphs, want %d", a.ID, r.Paragraphs(), len(a.Paragraphs))
		}
		for n, p := range a.Paragraphs {
			codes, ok := r.Paragraph(n)
			check("a paragraph", p.Text, codes, ok)
			codes, ok = r.Section(n)
			check("a section", p.Section, codes, ok)
		}
		if _, ok := r.Paragraph(len(a.Paragraphs)); ok {
			t.Errorf("%q has a paragraph too many", a.ID)
		}
	}
}

// TestAfterTheSample checks records that are coded by a dictionary of other ones.
func TestAfterTheSample(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	w.sampleSize = 1 << 10
	r := rand.New(rand.NewPCG(5, 6))
	var want []string
	var keep []int
	for i := range 3000 {
		text := strings.Repeat(string(rune('一'+r.IntN(5000))), 1+r.IntN(100)) + "大桥今天合龙。"
		want, keep = append(want, text), append(keep, i)
		if err := w.Add(sample("a", text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(keep); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, text := range want {
		if a, err := s.Get(i); err != nil || a.Paragraphs[0].Text != text {
			t.Fatalf("%d is %+v, %v, want %q", i, a, err, text)
		}
	}
}

// TestSealedDamage changes bytes and corrects the checksums: content that can't be right gives
// an error or other texts, but no panic.
func TestSealedDamage(t *testing.T) {
	dir := store(t, articles())
	good, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		bad := bytes.Clone(good)
		for range 1 + r.IntN(3) {
			at := r.IntN(len(bad))
			if r.IntN(2) == 0 { // near the beginnings of records
				at = r.IntN(min(len(bad), 400))
			}
			bad[at] = []byte{0, 1, 0x7f, 0x80, 0xff, byte(r.Uint32())}[r.IntN(6)]
		}
		readAll(t, pagefiletest.Seal(bad))
	}
}

func FuzzStore(f *testing.F) {
	good, err := os.ReadFile(filepath.Join(store(f, articles()[:4]), File))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(8), []byte{255})
	f.Add(uint32(90), []byte{0, 255, 255})
	f.Fuzz(func(t *testing.T, at uint32, change []byte) {
		bad := bytes.Clone(good)
		for i, b := range change {
			bad[(int(at)+i)%len(bad)] ^= b
		}
		readAll(t, pagefiletest.Seal(bad))
	})
}

// readAll reads everything in a file.
func readAll(t *testing.T, data []byte) {
	s, err := Parse("damaged", data)
	if err != nil {
		return
	}
	d, err := s.Dictionary()
	for i := range min(s.Len(), 100) {
		a, getErr := s.Get(i)
		if getErr == nil && len(a.Paragraphs) > len(data) {
			t.Errorf("%d paragraphs in %d bytes", len(a.Paragraphs), len(data))
		}
		r, recordErr := s.Record(i)
		if err != nil || recordErr != nil {
			continue
		}
		for n := range r.Paragraphs() {
			if codes, ok := r.Paragraph(n); ok {
				d.Append(nil, codes)
			}
			r.Section(n)
		}
		r.Head(Title)
		r.Head(Subtitle)
	}
}
