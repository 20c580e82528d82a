package index

import (
	"math/rand/v2"
	"strings"
	"testing"

	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/textnorm"
)

// TestTextsAreFoldedByTheirCodes compares each text that is read alone with the same one,
// folded as a whole.
func TestTextsAreFoldedByTheirCodes(t *testing.T) {
	folder, err := textnorm.NewFolder(map[rune]rune{'橋': '桥', '龍': '龙', '記': '记', '許': '许'})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(6, 28))
	pieces := []string{"青禾大橋", "今天合龍", "，", "。", "。。", "…", "——", "-", "·", " ", "　", "\n", "Qinghe", "New York",
		"2026", "3.5", "大·橋", "今天大橋", "か", "゙", "㎡", "㍿", "𠮷", "\xe5\x8d", "\x00", "記者", "許望", "中—美", "\u200b"}
	text := func() string {
		var b strings.Builder
		for range r.IntN(25) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		if r.IntN(10) == 0 {
			b.WriteRune(rune(r.IntN(0x30000)))
		}
		return b.String()
	}
	var articles []*news.Article
	for range 400 {
		a := &news.Article{Title: text(), Kicker: text(), Subtitle: text()}
		for range r.IntN(4) {
			p := news.Paragraph{Kind: news.Body, Section: pieces[r.IntN(5)], Text: text()}
			a.Paragraphs = append(a.Paragraphs, p)
		}
		articles = append(articles, a)
	}
	half := len(articles) / 2
	l := NewLibrary([]*Volume{volumeOf(t, articles[:half]), volumeOf(t, articles[half:])})
	defer l.Close()
	l.FoldBy(folder)
	texts := l.Texts()
	const phrase = "大桥今"
	texts.Seek(phrase)
	words, around := []string{"大桥", "今天"}, map[bool]int{}
	texts.SeekAround(words, 4)
	settled, seen := 0, map[bool]int{}
	check := func(want string, which engine.Text, paragraph int) {
		t.Helper()
		loose, left, err := texts.AppendLoose(nil, which, paragraph)
		if err != nil {
			t.Fatal(err)
		}
		folded := folder.FoldString(want)
		if left.Settled(loose) {
			settled++
			if string(loose) != folded {
				t.Errorf("%q is read as %q, want %q", want, loose, folded)
			}
		}
		if got := folder.FoldString(string(loose)); got != folded {
			t.Errorf("%q is read as %q, which folds to %q, want %q", want, loose, got, folded)
		}
		has, sure, err := texts.Contains(which, paragraph)
		if sure {
			seen[has]++
		}
		if err != nil || sure && has != strings.Contains(folded, phrase) {
			t.Errorf("%q contains %q: %v, %v", want, phrase, has, err)
		}
		has = false
		sure, err = texts.Around(which, paragraph, func(part []byte) bool {
			has = beside(string(part), words)
			return !has
		})
		if sure {
			around[has]++
		}
		if joined := textnorm.Join(folded).Text; err != nil || sure && has != beside(joined, words) {
			t.Errorf("%q has %v beside one another: %v, %v", want, words, has, err)
		}
	}
	texts.Announce([]uint32{uint32(half) - 1, uint32(half), uint32(len(articles))})
	for i, a := range articles {
		if err := texts.Open(i); err != nil {
			t.Fatal(err)
		}
		check(a.Title, engine.TitleText, 0)
		check(a.Kicker, engine.KickerText, 0)
		check(a.Subtitle, engine.SubtitleText, 0)
		for n, p := range a.Paragraphs {
			check(p.Text, engine.ParagraphText, n)
			check(p.Section, engine.SectionText, n)
		}
		if _, _, err := texts.AppendLoose(nil, engine.ParagraphText, len(a.Paragraphs)); err == nil {
			t.Error("a paragraph that does not exist is read")
		}
	}
	if seen[true] < 20 || seen[false] < 500 {
		t.Errorf("%d texts are known to contain a phrase, %d not to", seen[true], seen[false])
	}
	if around[true] < 5 || around[false] < 500 {
		t.Errorf("%d texts are known to have words beside one another, %d not to", around[true], around[false])
	}
	if settled < len(articles) {
		t.Errorf("only %d texts have nothing left to fold", settled)
	}
}

// beside reports whether two words are in a text, directly or with a comma between them.
func beside(text string, words []string) bool {
	for _, between := range []string{"", ","} {
		if strings.Contains(text, words[0]+between+words[1]) || strings.Contains(text, words[1]+between+words[0]) {
			return true
		}
	}
	return false
}

// volumeOf returns a volume with nothing but records.
func volumeOf(t *testing.T, articles []*news.Article) *Volume {
	t.Helper()
	dir := t.TempDir()
	w, err := record.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	keep := make([]int, len(articles))
	for i, a := range articles {
		keep[i] = i
		if err := w.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(keep); err != nil {
		t.Fatal(err)
	}
	s, err := record.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &Volume{VolumeInfo: VolumeInfo{Articles: len(articles)}, Records: s}
}
