package eval_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/suggest"
	"xunwen/internal/textnorm"
)

// maxIncomplete is the share of completions that may be incomplete.
const maxIncomplete = 0.01

// TestEvalIncomplete measures how many completions of 500 prefixes are incomplete:
// no word of the dictionary, and preceded or followed by one and the same character
// in 90 % of their occurrences. It compares them with those of a lexicon that knows
// no selection.
func TestEvalIncomplete(t *testing.T) {
	l := corpusIndex(t, "broadcast", asIs, "broadcast")
	g := openGeneration(t, l.dir)
	words := g.Analyzer()
	lexicon, err := index.ReadLexicon(filepath.Join(l.dir, l.Generation(), index.LexiconFile))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	err = readCorpus(t.Context(), func(a *news.Article) error {
		text.WriteString(words.FoldString(a.Title) + "\n")
		for _, p := range a.Paragraphs {
			text.WriteString(words.FoldString(p.Text) + "\n")
		}
		return nil
	}, filepath.Join(corpora(t), "broadcast"))
	if err != nil {
		t.Fatal(err)
	}
	plain := suggest.NewLexicon(lexicon.Documents(), lexicon.EachWord(), lexicon.EachPair())
	before := suggest.NewCompleter(plain, words.Folder, words.IsStopWord, words.Spelling)
	now := suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling)
	incomplete := map[string]bool{}
	isIncompleteWord := func(s string) bool {
		known, seen := incomplete[s]
		if !seen {
			known = !words.IsWord(s) && isIncomplete(text.String(), s)
			incomplete[s] = known
		}
		return known
	}
	for _, minDF := range []int{5, 20} {
		var prefixes []string
		m := newMisspeller(t, l, minDF, 1)
		for len(prefixes) < 500 {
			word := []rune(m.words[m.random.IntN(len(m.words))])
			prefixes = append(prefixes, string(word[:len(word)-1]))
		}
		for name, c := range map[string]*suggest.Completer{"before": before, "now": now} {
			offered, wrong, empty := 0, []string{}, 0
			for _, prefix := range prefixes {
				found := c.Complete(prefix, 10)
				if len(found) == 0 {
					empty++
				}
				for _, f := range found {
					offered++
					if isIncompleteWord(f.Text) {
						wrong = append(wrong, f.Text)
					}
				}
			}
			share := float64(len(wrong)) / float64(offered)
			t.Logf("words in at least %d documents, %s: of %d completions %d (%.1f %%) are incomplete, "+
				"%d prefixes have none: %s", minDF, name, offered, len(wrong), 100*share, empty,
				strings.Join(wrong[:min(20, len(wrong))], " "))
			if name == "now" && share > maxIncomplete {
				t.Errorf("more than %.0f %%", 100*maxIncomplete)
			}
		}
	}
	for typed, want := range map[string]string{
		"碳": "碳中和", "碳中": "碳中和", "马斯": "马斯克", "平台": "平台经济", "神舟十": "神舟十八号", "全国统一": "全国统一大市场",
	} {
		found := now.Complete(typed, 20)
		if !slices.ContainsFunc(found, func(c suggest.Completion) bool { return c.Text == want }) {
			t.Errorf("%s: %v lacks %s", typed, found, want)
		}
		t.Logf("%s: %v, before %v", typed, found, before.Complete(typed, 10))
	}
}

// isIncomplete reports whether the same character precedes or follows 90 % of the
// occurrences of s.
func isIncomplete(text, s string) bool {
	all := 0
	var before, after = map[rune]int{}, map[rune]int{}
	for at := 0; ; {
		i := strings.Index(text[at:], s)
		if i < 0 {
			break
		}
		all++
		at += i
		a, _ := utf8.DecodeLastRuneInString(text[:at])
		b, _ := utf8.DecodeRuneInString(text[at+len(s):])
		before[a]++
		after[b]++
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	for _, counts := range []map[rune]int{before, after} {
		for r, n := range counts {
			if (textnorm.IsHan(r) || textnorm.IsWordRune(r)) && 10*n >= 9*all {
				return true
			}
		}
	}
	return false
}
