package analyzer

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

func TestJointGrams(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"北约东扩,nato与5g", "5 g 与5"},
		{"九·一八", "九一"},
		{"歼-20", "20歼"},
		{"c919首飞", "919 919首 c"},
		{"c-919", "c919"},
		{"covid-19", "covid19"},
		{"iphone 15 pro", "15pro iphone15"},
		{"iphone15pro", "15 15pro iphone iphone15 pro"},
		{"5,999元", ",5 ,999 5999 5999元"},
		{"1,234,567", ",1 ,234 ,567 1234567"},
		{"3·150,000", ",000 ,150 150000 3150000"},
		{"x-ray", "xray"},
		{"10-12日", ""},
		{strings.Repeat("a1", maxRun), ""},
	} {
		var got []string
		EachJointGram(c.text, func(g Token) { got = append(got, strings.TrimPrefix(g.Term, JointPrefix)) })
		want := strings.Fields(c.want)
		if c.text == "歼-20" {
			want = []string{"歼20"}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%.40s: %q, want %q", c.text, got, want)
		}
	}
}

func TestWordGrams(t *testing.T) {
	for word, want := range map[string]string{
		"北": "", "北约": "北约", "北约东": "北约 约东", "c919": "c919", "iphone": "iphone", "iphone15pro": "iphone15 15pro",
		"歼20": "歼20", "第17号": "第17 17号", "at&t": "at t", "北,约": "",
	} {
		if got := strings.Join(WordGrams(word), " "); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// TestWordsHaveTheirGrams: a text has all grams of each word that occurs in it. Those
// that are the word are in no other text.
func TestWordsHaveTheirGrams(t *testing.T) {
	parts := []string{"北", "约", "a", "bc", "1", "23", "456", "-", "·", ",", " ", ",456", "-a", "《", "%"}
	r := rand.New(rand.NewPCG(7, 7))
	var folder textnorm.Folder
	for range 5000 {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		folded := folder.FoldString(b.String())
		terms := map[string]bool{}
		EachGram(folded, func(g Token) { terms[g.Term] = true })
		groups := map[string]bool{}
		EachJointGram(folded, func(g Token) {
			if strings.HasPrefix(g.Term, JointPrefix+groupPrefix) {
				groups[g.Term] = true
				return
			}
			if terms[g.Term] = true; textnorm.Join(folded[g.Start:g.End]).Text != g.Term[1:] {
				t.Fatalf("%q: %q is said to be %q", folded, g.Term, folded[g.Start:g.End])
			}
		})
		joined := textnorm.Join(folded)
		for term := range terms {
			word := strings.TrimPrefix(term, JointPrefix)
			grouped := slices.ContainsFunc(GroupGrams(word), func(g string) bool { return groups[g] })
			if !grouped && len(slices.Collect(joined.Occurrences(word))) == 0 {
				t.Fatalf("%q has the gram %q, which does not occur", folded, term)
			}
		}
		for start := range joined.Text {
			for end := start + 1; end <= len(joined.Text); end++ {
				if !joined.Boundary(start) || !joined.Boundary(end) {
					continue
				}
				from, to := joined.Span(start, end)
				for _, g := range WordGrams(textnorm.Join(folded[from:to]).Text) {
					if !terms[g] && !terms[JointPrefix+g] {
						t.Fatalf("%q has no gram %q of its word %q", folded, g, joined.Text[start:end])
					}
				}
			}
		}
	}
}
