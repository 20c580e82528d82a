package suggest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// minedDocument is words and signs of a text, as jieba would cut it.
type minedDocument []string

// testDictionary knows all words but 碳海 and 复馗.
var testDictionary = Dictionary{
	IsKnown:  func(word string) bool { return word != "碳海" && word != "复馗" },
	IsStop:   func(word string) bool { return strings.Contains("的 和 大", word) },
	Spelling: spelling{},
}

// randomDocuments returns documents of words of which many are repeated.
func randomDocuments(r *rand.Rand, n int) (all []minedDocument) {
	parts := strings.Fields("北约 东扩 的 和 大 碳海 中和 平台 经济 江 桥 c919 · 15 ， -")
	for range n {
		var d minedDocument
		for range 1 + r.IntN(12) {
			d = append(d, parts[r.IntN(len(parts))])
		}
		all = append(all, d)
	}
	return all
}

func (d minedDocument) isSign(i int) bool { return strings.Contains("，·-", d[i]) }

// endsPhrase reports whether a phrase ends with the word at a place.
func (d minedDocument) endsPhrase(at int) bool {
	next := at + 1
	if next+1 < len(d) && d[next] == "·" {
		next++
	}
	return next >= len(d) || d.isSign(next) || strings.Contains("和 的", d[next])
}

// mineDocuments gives a miner documents, each an article.
func mineDocuments(m *Miner, documents []minedDocument) {
	for _, d := range documents {
		m.Begin(textnorm.Join(strings.Join(d, "")))
		at := 0
		for i, w := range d {
			if !d.isSign(i) {
				m.Add(at, at+len(w), !m.IsKnown(w))
			}
			at += len(w)
		}
		m.EndDocument()
		m.EndArticle()
	}
}

// plainRun is what is counted of a run in a plain way.
type plainRun struct{ occurrences, documents, ends, joint int }

// countPlainly counts all runs of words that a Miner counts, each by itself.
func countPlainly(documents []minedDocument) map[string]plainRun {
	out := map[string]plainRun{}
	for _, d := range documents {
		seen := map[string]bool{}
		for from := range d {
			run, words, isJoint := []int{}, "", false
			for at := from; at < len(d); at++ {
				switch {
				case d[at] == "·" && at > from && at+1 < len(d) && !d.isSign(at+1):
					isJoint = true
					continue
				case d.isSign(at), len(run) > 0 && strings.Contains(particles, d[run[len(run)-1]]):
					at = len(d)
					continue
				}
				run, words = append(run, at), words+d[at]
				if len(run) > maxCompoundWords {
					break
				}
				if !isCountedRun(d, run, words) {
					continue
				}
				r := out[words]
				r.occurrences++
				if !seen[words] {
					r.documents++
				}
				seen[words] = true
				if d.endsPhrase(at) {
					r.ends++
				}
				if isJoint {
					r.joint++
				}
				out[words] = r
			}
		}
	}
	return out
}

// isCountedRun reports whether the words of d at the places of run are a run that counts.
func isCountedRun(d minedDocument, run []int, words string) bool {
	first, last := d[run[0]], d[run[len(run)-1]]
	return len(run) > 1 && utf8.RuneCountInString(words) <= maxCompoundRunes && first != "15" &&
		!testDictionary.IsStop(first) && (!testDictionary.IsStop(last) || len(run) == 2 && first == "碳海")
}

// TestMinerCountsRuns compares the runs of random texts with those that a plain count finds.
func TestMinerCountsRuns(t *testing.T) {
	documents := randomDocuments(rand.New(rand.NewPCG(9, 4)), 1500)
	m, other := NewMiner(testDictionary, 1), NewMiner(testDictionary, 1)
	mineDocuments(m, documents[:700])
	mineDocuments(other, documents[700:])
	m.Merge(other)
	mined, want := m.Count(), countPlainly(documents)
	checked := 0
	for text, w := range want {
		r, ok := mined.run(text)
		isCandidate := w.occurrences >= leastMined &&
			utf8.RuneCountInString(text) >= minCompoundRunes && hasHan(text) &&
			(strings.HasPrefix(text, "碳海") || strings.HasSuffix(text, "碳海") || w.occurrences >= minCompoundDF)
		if ok != isCandidate {
			t.Errorf("%s is found: %v, occurs %d times", text, ok, w.occurrences)
		}
		if !ok {
			continue
		}
		checked++
		got := plainRun{int(r.context.occurrences), int(r.context.documents), int(r.context.ends), int(r.joint)}
		if got != w || int(r.count) != w.occurrences {
			t.Errorf("%s is counted %+v (%d), want %+v", text, got, r.count, w)
		}
	}
	if checked < 100 || checked != len(mined.runs) {
		t.Errorf("%d of %d runs are there", checked, len(mined.runs))
	}
}

// TestMinerOfShare checks that the runs of a share of the articles are counted, and the words
// of all.
func TestMinerOfShare(t *testing.T) {
	documents := randomDocuments(rand.New(rand.NewPCG(9, 5)), 1600)
	all, quarter := NewMiner(testDictionary, 1), NewMiner(testDictionary, 0.25)
	mineDocuments(all, documents)
	mineDocuments(quarter, documents)
	a, q := all.Count(), quarter.Count()
	if got, want := q.context("碳海"), a.context("碳海"); got.occurrences == 0 || got != want {
		t.Errorf("碳海 is counted %+v, want %+v", got, want)
	}
	x, _ := a.run("平台经济")
	y, ok := q.run("平台经济")
	if !ok || y.context.documents > x.context.documents/2 {
		t.Fatalf("of %+v the share is %+v", x, y)
	}
	if got, want := q.documents(y), a.documents(x); got < want/2 || got > 2*want {
		t.Errorf("平台经济 is in %d documents by an estimate, want about %d", got, want)
	}
}

// TestSightings checks that articles are remembered that have strings which may be spelt in
// several ways, words of all articles and runs of those that are kept.
func TestSightings(t *testing.T) {
	var documents []minedDocument
	for i := range 40 {
		documents = append(documents, minedDocument{"渡口", "开放"})
		if i%2 == 0 {
			documents[i] = minedDocument{"哈利", "·", "波特", "，", "复馗"}
		}
	}
	for _, share := range []float64{1, 0.5} {
		m, other := NewMiner(testDictionary, share), NewMiner(testDictionary, share)
		mineDocuments(m, documents[:3])
		mineDocuments(other, documents[3:])
		m.Merge(other)
		mined := m.Count()
		for _, text := range []string{"哈利波特", "复馗"} {
			found := mined.articles([]string{text, "渡口开放", "无"})
			if len(found) != 6 || slices.ContainsFunc(found, func(i int) bool { return i%2 != 0 }) ||
				text == "复馗" && found[1] != 2 {
				t.Errorf("share %v: %s is looked up in %v", share, text, found)
			}
		}
	}
}

// TestMinerForgetsRareWords checks that frequent words and their runs are kept, by other numbers.
func TestMinerForgetsRareWords(t *testing.T) {
	m := NewMiner(testDictionary, 1)
	for i := range maxMinedWords {
		m.words.add(fmt.Sprint("x", i), 0)
		m.contexts = append(m.contexts, context{occurrences: 1})
	}
	documents := randomDocuments(rand.New(rand.NewPCG(9, 6)), 300)
	mineDocuments(m, documents)
	if n := len(m.words.list); n > 100 {
		t.Fatalf("%d words are left", n)
	}
	whole := NewMiner(testDictionary, 1)
	mineDocuments(whole, documents)
	got, want := runCounts(m.Count()), runCounts(whole.Count())
	lost := 0
	for text, n := range want {
		if got[text] != n {
			lost++ // by words that occurred only once when others were forgotten
		}
	}
	if lost > len(want)/10 {
		t.Errorf("%d of %d runs have other counts", lost, len(want))
	}
}

func runCounts(t *MinedTexts) map[string]uint32 {
	out := map[string]uint32{}
	for _, r := range t.runs {
		out[r.text] = r.count
	}
	return out
}

// TestWordsInsideWords checks that occurrences of a guessed word in longer words count.
func TestWordsInsideWords(t *testing.T) {
	words := testDictionary
	words.IsKnown = func(word string) bool { return word == "马斯克" }
	m := NewMiner(words, 1)
	for range 3 {
		mineDocuments(m, []minedDocument{{"马斯", "，"}, {"马斯克", "说"}, {"马斯克", "，"}, {"见", "马斯克"}})
	}
	mined := m.Count()
	if c := mined.context("马斯"); c.documents != 12 || c.occurrences != 12 || c.ends != 3 || c.after.top() != '克' {
		t.Errorf("马斯 is counted %+v", c)
	}
	if c := mined.context("马斯克"); c.documents != 9 {
		t.Errorf("马斯克 is counted %+v", c)
	}
}

// TestMinedWords compares the numbers of words with those of a map.
func TestMinedWords(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("ab一二é𠮷")
	words, want := newMinedWords(), map[string]uint32{}
	for range 30_000 {
		text := make([]rune, 1+r.IntN(9))
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		word := string(text)
		before, after := strings.Repeat("x", r.IntN(10)), strings.Repeat("y", r.IntN(10))
		var k wordKey
		if len(word) <= keySize {
			k = keyOf(before+word+after, len(before), len(before)+len(word))
		}
		n, _, ok := words.find(word, k, k.hash())
		w, isThere := want[word]
		if ok != isThere || ok && n != w {
			t.Fatalf("%q in %q %q has number %d, %v, want %d, %v", word, before, after, n, ok, w, isThere)
		}
		if !ok {
			want[word] = words.add(word, 0)
		}
	}
	for word, n := range want {
		if got := string(words.word(n)); got != word || textHash(word) != words.list[n].hash {
			t.Fatalf("number %d is %q, want %q", n, got, word)
		}
	}
	if len(words.list) != len(want) {
		t.Errorf("%d words, want %d", len(words.list), len(want))
	}
	both := string(words.word(3)) + string(words.word(4))
	if appendHash(words.list[3].hash, &words.list[4]) != textHash(both) {
		t.Errorf("the hash of %q is not that of its parts", both)
	}
}

// TestFrequentMerges checks that a character of both sequences outweighs others.
func TestFrequentMerges(t *testing.T) {
	f := frequent{[2]rune{'甲', '乙'}, [2]uint32{1, 1}}
	f.merge(frequent{[2]rune{'克', '乙'}, [2]uint32{90, 2}})
	if f.top() != '克' || f.highest() != 89 {
		t.Errorf("merged %+v", f)
	}
}
