package eval_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// didYouMean returns the suggestion for a query, "" for none.
func didYouMean(t *testing.T, l *served, q string) string {
	t.Helper()
	return didYouMeanOf(t, l, parse(t, q))
}

func didYouMeanOf(t *testing.T, l *served, n query.Node) string {
	t.Helper()
	r, err := l.Search(t.Context(), search.Request{Query: n, Size: 1})
	if err != nil {
		t.Fatalf("%s: %v", n, err)
	}
	return r.DidYouMean
}

// corrected returns the share of mistakes that are corrected, and logs the first
// ones that are not.
func corrected(t *testing.T, l *served, mistakes []mistake) float64 {
	right := 0
	var wrong []string
	for _, m := range mistakes {
		got := didYouMean(t, l, m.wrong)
		if got == m.right {
			right++
		} else {
			wrong = append(wrong, m.wrong+"→"+m.right+" "+got)
		}
	}
	t.Logf("not corrected: %s", strings.Join(wrong[:min(20, len(wrong))], "; "))
	return float64(right) / float64(len(mistakes))
}

// Limits, with a margin to what was measured (docs/measurements/suggestions.md).
const (
	minCorrected = 0.60 // of 300 mistakes, half of them homophones
	maxFalse     = 0.02 // of 1,000 headlines
	maxNames     = 0.05 // of names of people, places and institutions
)

// TestEvalDidYouMean measures corrections: of words with one wrong character, of
// correct headlines, and of sentences by others.
func TestEvalDidYouMean(t *testing.T) {
	l := corpusIndex(t, "untitled", withoutTitle, "webnews", "broadcast")
	const tuned, reported = 1, 2 // seeds
	for _, seed := range []uint64{tuned, reported} {
		for _, minDF := range []int{20, 100} {
			m := newMisspeller(t, l, minDF, seed)
			sound, look := corrected(t, l, m.mistakes(150, false)), corrected(t, l, m.mistakes(150, true))
			t.Logf("seed %d, words in at least %d documents: %.3f corrected, homophones %.3f, look-alikes %.3f",
				seed, minDF, (sound+look)/2, sound, look)
			if (sound+look)/2 < minCorrected {
				t.Errorf("below %.2f", minCorrected)
			}
		}
	}
	for _, seed := range []uint64{tuned, reported} {
		headlines := headlines(t, seed, 1000)
		falseOnes := 0
		var took []time.Duration
		for _, h := range headlines {
			n := parse(t, h)
			began := time.Now()
			got := didYouMeanOf(t, l, n)
			took = append(took, time.Since(began))
			if got != "" {
				falseOnes++
				t.Logf("false: %s → %s", h, got)
			}
		}
		slices.Sort(took)
		n := len(took)
		t.Logf("seed %d: %d of %d correct headlines changed; p50 %v p95 %v p99 %v max %v", seed, falseOnes, n,
			took[n/2], took[n*95/100], took[n*99/100], took[n-1])
		if float64(falseOnes) > maxFalse*float64(n) {
			t.Errorf("more than %.0f %%", 100*maxFalse)
		}
	}
	worst := []time.Duration{}
	m := newMisspeller(t, l, 20, reported)
	for range 20 {
		var text strings.Builder
		for range query.MaxRunes {
			r, _ := utf8.DecodeRuneInString(m.words[m.random.IntN(len(m.words))])
			text.WriteRune(r)
		}
		n := parse(t, text.String())
		began := time.Now()
		didYouMeanOf(t, l, n)
		worst = append(worst, time.Since(began))
	}
	slices.Sort(worst)
	t.Logf("%d random characters: p50 %v, max %v", query.MaxRunes, worst[10], worst[19])
	for _, seed := range []uint64{tuned, reported} {
		shortOperands(t, l, seed)
	}
	properNames(t, l)
	sentences(t, l)
}

// reporter matches the authors of an agency report in its first line.
var reporter = regexp.MustCompile(`（记者\s*(\p{Han}{2,3})(?:[、 ]\s*(\p{Han}{2,3}))?）`)

// properNames measures how many names are wrongly corrected: those of a newspaper a
// quarter of a century older, most of which are in no article, and those of
// reporters, which are in few.
func properNames(t *testing.T, l *served) {
	sets := map[string]map[string]bool{"reporters": {}}
	for _, q := range goldQueries(t, "newspaper1998") {
		if strings.HasPrefix(q.Set, "pfr_entity") {
			if sets[q.Set] == nil {
				sets[q.Set] = map[string]bool{}
			}
			sets[q.Set][q.Text] = true
		}
	}
	err := readCorpus(t.Context(), func(a *news.Article) error {
		for _, p := range a.Paragraphs {
			for _, found := range reporter.FindAllStringSubmatch(p.Text, -1) {
				sets["reporters"][found[1]] = true
				if found[2] != "" {
					sets["reporters"][found[2]] = true
				}
			}
		}
		return nil
	}, filepath.Join(corpora(t), "webnews"))
	if err != nil {
		t.Fatal(err)
	}
	for set, names := range sets {
		var wrongly []string
		for name := range names {
			if got := didYouMean(t, l, name); got != "" {
				wrongly = append(wrongly, name+" "+got)
			}
		}
		slices.Sort(wrongly)
		t.Logf("%s: of %d names %d are changed: %s", set, len(names), len(wrongly), strings.Join(wrongly, "; "))
		if float64(len(wrongly)) > maxNames*float64(len(names)) {
			t.Errorf("more than %.0f %%", 100*maxNames)
		}
	}
}

// shortOperands measures operands of several words: runs of four to eight Han
// characters from headlines, correct and with one wrong character.
func shortOperands(t *testing.T, l *served, seed uint64) {
	m := newMisspeller(t, l, 20, seed)
	var runs []string
	for _, h := range headlines(t, seed, 2000) {
		for run := range strings.FieldsFuncSeq(h, notHan) {
			if n := utf8.RuneCountInString(run); n >= 4 && n <= 8 {
				runs = append(runs, run)
			}
		}
	}
	runs = runs[:min(len(runs), 1000)]
	falseOnes := 0
	var wrongly []string
	for _, run := range runs {
		if got := didYouMean(t, l, run); got != "" {
			falseOnes++
			wrongly = append(wrongly, run+" "+got)
		}
	}
	t.Logf("seed %d: of %d correct runs of 4 to 8 characters %d are changed: %s",
		seed, len(runs), falseOnes, strings.Join(wrongly, "; "))
	m.words = runs
	sound, look := corrected(t, l, m.mistakes(150, false)), corrected(t, l, m.mistakes(150, true))
	t.Logf("seed %d: of 300 with a mistake %.3f corrected, homophones %.3f, look-alikes %.3f",
		seed, (sound+look)/2, sound, look)
}

// headlines draws n queries from all sets of headlines and questions.
func headlines(t *testing.T, seed uint64, n int) []string {
	var all []string
	for file, sets := range map[string][]string{
		"webnews": {"es_title", "uhg_headline"}, "broadcast": {"xwlb_headline"}, "newspaper1998": {"pfr_headline"},
	} {
		for _, q := range goldQueries(t, file) {
			if slices.Contains(sets, q.Set) {
				all = append(all, q.Text)
			}
		}
	}
	slices.Sort(all)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

// sentences measures misspelt.jsonl, {"wrong","right"}: sentences of other news,
// most of whose mistakes only grammar reveals.
func sentences(t *testing.T, l *served) {
	f, err := os.Open(filepath.Join(corpora(t), "misspelt.jsonl"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	all, changed, corrected, falseOnes := 0, 0, 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s struct{ Wrong, Right string }
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		wrong, err := query.Parse(s.Wrong)
		right, err2 := query.Parse(s.Right)
		if err != nil || err2 != nil {
			continue
		}
		all++
		if got := didYouMeanOf(t, l, wrong); got != "" {
			changed++
			if got == right.String() {
				corrected++
			}
		}
		if didYouMeanOf(t, l, right) != "" {
			falseOnes++
		}
	}
	t.Logf("misspelt.jsonl: of %d sentences %d are changed, %d of them to the correct sentence; of the correct ones %d",
		all, changed, corrected, falseOnes)
}
