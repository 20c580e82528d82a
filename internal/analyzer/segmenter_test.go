package analyzer

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"xunwen/internal/jieba"
)

// cutters are package jieba and its reference with the same dictionaries.
type cutters struct {
	*Analyzer
	builtin   *jieba.Segmenter
	reference gojiebaCutter
}

func openCutters(folder fs.FS) (*cutters, error) {
	a, err := open(folder, "dict", WithSegmenter(Gojieba))
	if err != nil {
		return nil, err
	}
	return &cutters{a, a.words, a.cutter.(gojiebaCutter)}, nil
}

// check compares the words of a text, chunk by chunk as callers do.
func (c *cutters) check(t *testing.T, text string) {
	t.Helper()
	for _, masked := range [][]byte{[]byte(text), c.vocabulary.mask(nil, c.FoldString(text))} {
		for len(masked) > 0 {
			end := chunkEnd(masked)
			c.checkChunk(t, masked[:end])
			masked = masked[end:]
		}
	}
}

func (c *cutters) checkChunk(t *testing.T, chunk []byte) {
	t.Helper()
	for name, cut := range map[string]func(cutter) []jieba.Span{
		"Cut":          func(c cutter) []jieba.Span { return c.Cut(nil, chunk) },
		"CutForSearch": func(c cutter) []jieba.Span { return c.CutForSearch(nil, chunk) },
	} {
		got, want := cut(c.builtin), cut(c.reference)
		for _, list := range [][]jieba.Span{got, want} {
			for i := range list {
				list[i].Guessed = false
			}
		}
		if slices.Equal(got, want) {
			continue
		}
		for i := range got {
			if i >= len(want) || got[i] != want[i] {
				from := got[max(0, i-5)].Start
				to := min(len(chunk), from+200)
				t.Fatalf("%s differs from gojieba at byte %d of %q:\n%v, want\n%v", name, got[i].Start, chunk[from:to],
					got[max(0, i-5):min(len(got), i+20)], want[max(0, i-5):min(len(want), i+20)])
			}
		}
		t.Fatalf("%s of %q: %d words, gojieba has %d", name, short(string(chunk)), len(got), len(want))
	}
}

// mine is a user dictionary with words that are unusual for jieba: single characters,
// letters, signs, words of the main dictionary.
const mine = `里亚布科夫
谭 100
的 5
约 1000000
星舰 20 nz
歼－２０ 5
AG600 9 nz
at&t
c++ 3
x
k9
3.14 7
哈利·波特
中国政府
北京大学生 1
β粒子 3
𠮷野家
`

// theirs are the cutters with jieba's dictionaries, and those with mine too.
var theirs = sync.OnceValues(func() ([]*cutters, error) {
	folder, _, err := dictionaries()
	if err != nil {
		return nil, err
	}
	var all []*cutters
	for _, user := range []string{"", mine} {
		with := fstest.MapFS{}
		for _, name := range fileNames {
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, err
			}
			if name == userDictFile {
				data = append(data, "\n"+user...)
			}
			with[name] = &fstest.MapFile{Data: data}
		}
		c, err := openCutters(with)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
})

func eachCutters(t testing.TB) []*cutters {
	all, err := theirs()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSegmenterEqualsGojieba(t *testing.T) {
	texts := slices.Concat(nasty, sampleTexts(t), randomTexts(2000))
	for i, c := range eachCutters(t) {
		t.Run(fmt.Sprintf("dictionary %d", i), func(t *testing.T) {
			for _, text := range texts {
				c.check(t, text)
			}
		})
	}
}

// sampleTexts returns the files of the project's samples, line by line.
func sampleTexts(t testing.TB) []string {
	var all []string
	err := filepath.WalkDir("../../samples", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, strings.Split(string(data), "\n")...)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d lines of samples: %v", len(all), err)
	}
	return all
}

// fragments are what random texts are made of.
var fragments = []string{
	"北约", "东扩", "里亚布科夫", "谭德塞", "的", "中华人民共和国", "研究生命起源", "一", "二〇二二", "𠮷", "𠮷野家", "葛", "々",
	" ", "\t", "\n", "，", "。", "。。", "、", "《", "·", "-", ".", "&", "+", "a", "at", "c919", "T恤", "卡拉ok", "x", "k9", "3",
	"3.14", "0", "20", "é", "ß", "β粒子", "ニュース", "뉴스", "ข่าว", "дня", "😀", "\U0010FFFF", "哈利·波特", "乾坤", "發展",
}

// randomTexts returns texts of fragments and of characters of all scripts, most of them
// short, some longer than a chunk.
func randomTexts(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, n)
	for i := range texts {
		length := 1 + random.IntN(40)
		if i%200 == 0 {
			length = maxChunk / 4
		}
		han := random.IntN(3) // of characters of the model, none or a third or two thirds
		var b strings.Builder
		for range length {
			switch kind := random.IntN(6); {
			case kind < 2*han:
				b.WriteRune(rune(0x4E00 + random.IntN(0x5200)))
			case kind == 5:
				b.WriteRune(rune(1 + random.IntN(0x2FFFF)))
			default:
				b.WriteString(fragments[random.IntN(len(fragments))])
			}
		}
		texts[i] = strings.ToValidUTF8(b.String(), "")
	}
	return texts
}

// FuzzSegmenter compares the words of any bytes with those of gojieba.
func FuzzSegmenter(f *testing.F) {
	for _, text := range slices.Concat(nasty, randomTexts(200)) {
		if len(text) < 1000 { // longer ones slow the search down
			f.Add(text)
		}
	}
	all := eachCutters(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range all {
			c.check(t, text)
		}
	})
}

func TestSegmenterNames(t *testing.T) {
	for name, want := range map[string]Segmenter{"builtin": Builtin, "gojieba": Gojieba} {
		var s Segmenter
		err := s.UnmarshalText([]byte(name))
		if text, _ := s.MarshalText(); err != nil || s != want || string(text) != name {
			t.Errorf("%s is %v, %s: %v", name, s, text, err)
		}
	}
	var s Segmenter
	if err := s.UnmarshalText([]byte("jieba")); err == nil || err.Error() != "want builtin or gojieba" {
		t.Errorf("an unknown name: %v", err)
	}
}

// TestBuiltinLoadsNoCppjieba: a server that does not need it must not pay for it.
func TestBuiltinLoadsNoCppjieba(t *testing.T) {
	a, err := open(small(), "dict")
	if err != nil {
		t.Fatal(err)
	}
	if _, isBuiltin := a.cutter.(*jieba.Segmenter); !isBuiltin {
		t.Errorf("text is segmented by %T", a.cutter)
	}
}
