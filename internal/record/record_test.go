package record

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/news"
)

func sample(id string, text string) *news.Article {
	return &news.Article{
		ID:          id,
		File:        "p05.txt",
		Publication: "临江日报",
		Date:        "2026-03-12",
		Page:        "5",
		PageName:    "本地",
		Title:       "青禾大桥合龙",
		Kicker:      "引",
		Subtitle:    "副",
		Byline:      "许望",
		Source:      "本报",
		URL:         "http://a.example/1",
		Confidence:  0.75,
		Paragraphs: []news.Paragraph{
			{Section: "一", Kind: news.Body, Text: text},
			{Kind: news.Caption, Text: "𠮷桥夜景\x00"},
		},
	}
}

func TestRecordsComeBack(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []*news.Article
	for i, text := range []string{"短", strings.Repeat("大桥今天合龙。", 20000), "又一篇", "", strings.Repeat("水", 30000)} {
		a := sample(string(rune('a'+i)), text)
		want = append(want, a)
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish([]int{4, 0, 1, 3}); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Len() != 4 {
		t.Fatalf("%d records, want 4", s.Len())
	}
	for i, k := range []int{4, 0, 1, 3} {
		got, err := s.Get(i)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(&got, want[k]) {
			t.Errorf("record %d is %q, want %q", i, got.ID, want[k].ID)
		}
	}
	if _, err := s.Get(4); err == nil {
		t.Error("a record past the end was found")
	}
}

// Every truncation and every flipped byte results in an error, not in another record or a
// panic.
func TestDamageIsAnError(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(sample("a", "正文")); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish([]int{0}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, File)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		for _, bad := range [][]byte{good[:i], flip(good, i)} {
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := read(dir); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("byte %d of %d, %d bytes left: %v", i, len(good), len(bad), err)
			}
		}
	}
}

func flip(b []byte, i int) []byte {
	c := append([]byte(nil), b...)
	c[i] ^= 0xff
	return c
}

func read(dir string) error {
	s, err := Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = s.Get(0)
	return err
}

// An error of the disk ends a writer, however many blocks wait.
func TestDiskErrorIsReported(t *testing.T) {
	w, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.file.Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	w.sampleSize = 1 << 16
	const room = waitingBlocks * blockSize // bytes that are taken before anybody writes
	for size := 0; size < 2*room; size += 6000 {
		text := make([]rune, 2000)
		for i := range text {
			text[i] = '一' + rune(r.IntN(8000))
		}
		if err = w.Add(sample("a", string(text))); err != nil {
			break
		}
	}
	if err == nil {
		t.Error("records were written to a closed file")
	}
	if err := w.Finish(nil); err == nil {
		t.Error("a store that was not written is finished")
	}
}

// A store that is given up waits for its goroutine.
func TestCloseUnfinished(t *testing.T) {
	w, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if err := w.Add(sample("a", "大桥今天合龙。")); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}
