package neardup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"xunwen/internal/news"
)

// reprints are the ways in which newspapers reprint an article.
var reprints = []struct {
	name string
	make func(r *rand.Rand, a news.Article) news.Article
}{
	{"another title", func(_ *rand.Rand, a news.Article) news.Article {
		a.Title, a.Kicker, a.Subtitle = "要闻速览", "综合消息", ""
		return a
	}},
	{"the end cut off", func(r *rand.Rand, a news.Article) news.Article {
		return edited(a, func(s []string) []string { return s[:left(r, s)] })
	}},
	{"the beginning cut off", func(r *rand.Rand, a news.Article) news.Article {
		return edited(a, func(s []string) []string {
			slices.Reverse(s)
			s = s[:left(r, s)]
			slices.Reverse(s)
			return s
		})
	}},
	{"source lines", func(_ *rand.Rand, a news.Article) news.Article { return withSources(a) }},
	{"small edits", func(r *rand.Rand, a news.Article) news.Article { return withEdits(r, a, 60) }},
	{"other width and punctuation", func(_ *rand.Rand, a news.Article) news.Article {
		return rewritten(a, func(s string) string {
			return strings.Map(func(r rune) rune {
				switch {
				case r > ' ' && r <= '~' && r != '.' && r != ',':
					return r + 0xFEE0
				case strings.ContainsRune("“”‘’《》（）", r):
					return -1
				}
				return r
			}, s)
		})
	}},
	{"paragraphs joined and split", func(_ *rand.Rand, a news.Article) news.Article {
		return edited(a, func(s []string) []string { return s })
	}},
	{"all of it, a little", func(r *rand.Rand, a news.Article) news.Article {
		a.Title = "今日要闻"
		a = edited(a, func(s []string) []string { return s[:max(1, len(s)*9/10)] })
		return withEdits(r, withSources(a), 120)
	}},
}

// left returns how many of the first sentences a shortened reprint has: those of at
// least two thirds of the text.
func left(r *rand.Rand, sentences []string) int {
	all := len(strings.Join(sentences, ""))
	want := all*2/3 + r.IntN(all/3)
	for i, s := range sentences {
		if want -= len(s); want <= 0 {
			return i + 1
		}
	}
	return len(sentences)
}

// sentences splits a text after full stops.
func sentences(a news.Article) []string {
	var out []string
	for _, p := range a.Paragraphs {
		for _, s := range strings.SplitAfter(p.Text, "。") {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// edited returns a with other sentences, two to a paragraph.
func edited(a news.Article, edit func([]string) []string) news.Article {
	list := edit(sentences(a))
	a.Paragraphs = nil
	for pair := range slices.Chunk(list, 2) {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: strings.Join(pair, "")})
	}
	return a
}

func rewritten(a news.Article, write func(string) string) news.Article {
	a.Paragraphs = slices.Clone(a.Paragraphs)
	for i := range a.Paragraphs {
		a.Paragraphs[i].Text = write(a.Paragraphs[i].Text)
	}
	return a
}

func withSources(a news.Article) news.Article {
	a.Paragraphs = slices.Concat([]news.Paragraph{{Text: "本报综合新华社消息（记者 禤以汀）"}}, a.Paragraphs,
		[]news.Paragraph{{Text: "（来源：新华网　责任编辑：谭某）"}})
	return a
}

// withEdits changes, drops or doubles one character in every.
func withEdits(r *rand.Rand, a news.Article, every int) news.Article {
	return rewritten(a, func(s string) string {
		var b strings.Builder
		for _, c := range s {
			if r.IntN(every) > 0 || !unicode.IsLetter(c) {
				b.WriteRune(c)
				continue
			}
			switch r.IntN(3) {
			case 0:
				b.WriteRune('改')
			case 1:
				b.WriteString(string(c) + "又")
			}
		}
		return b.String()
	})
}

// leastReprint is the least size of articles that are reprinted here: shorter ones
// are not distinctive when they are shortened.
const leastReprint = 150

// TestEvalReprints reprints every 200th article of the corpora in each way. Nine of
// ten reprints of each way must be in the groups of their originals.
func TestEvalReprints(t *testing.T) {
	all := corpora(t)
	originals := len(all)
	r := rand.New(rand.NewPCG(3, 5))
	type reprint struct{ original, way int }
	var made []reprint
	for i := 0; i < originals; i += 200 {
		if comparer.newText(&all[i]).size() < leastReprint || len(sentences(all[i])) < 3 {
			continue
		}
		for way, w := range reprints {
			a := w.make(r, all[i])
			a.ID = fmt.Sprintf("%s again %d", a.ID, way)
			all = append(all, a)
			made = append(made, reprint{i, way})
		}
	}
	groups := groupsOf(t, all)
	found, tried := make([]int, len(reprints)), make([]int, len(reprints))
	for k, m := range made {
		tried[m.way]++
		if groups[originals+k] == groups[m.original] {
			found[m.way]++
		}
	}
	for way, w := range reprints {
		share := float64(found[way]) / float64(max(tried[way], 1))
		t.Logf("%-30s %4d of %4d, %.3f", w.name, found[way], tried[way], share)
		if share < .9 {
			t.Errorf("%s: %.3f of the reprints are found", w.name, share)
		}
	}
}

func groupsOf(t *testing.T, all []news.Article) []uint32 {
	t.Helper()
	signatures := make([]Signature, len(all))
	for i := range all {
		signatures[i] = comparer.Sign(&all[i])
	}
	groups, _, err := comparer.Groups(t.Context(), signatures, nil,
		func(i int) (news.Article, error) { return all[i], nil })
	if err != nil {
		t.Fatal(err)
	}
	return groups
}
