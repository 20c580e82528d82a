package analyzer

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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

// eachSlowGram is EachJointGram, which looks closely at every part of a text.
func eachSlowGram(folded string, visit func(Token)) {
	joined := textnorm.Join(folded)
	g := slowScanner{folded: folded, joined: joined, visit: visit}
	for start, end := range wordRuns(joined.Text) {
		g.scan(start, end)
	}
}

// slowScanner is the state of one pass over a text.
type slowScanner struct {
	folded string
	joined textnorm.Joined
	visit  func(Token)
}

// slowElement is a Han character or an atom of the joined text. Words may begin at its
// starts and end at its ends: at both ends of it and where joiners cut it.
type slowElement struct {
	start, end   int
	starts, ends []int
	isHan        bool
	long         bool // part of a run that is no word
}

// scan visits the joint grams between two signs.
func (g *slowScanner) scan(start, end int) {
	if !g.mayDiffer(start, end) {
		return
	}
	var before slowElement
	for at := start; at < end; at = before.end {
		e := g.element(at, end)
		if !e.isHan && !e.long {
			g.atoms(e)
			g.groups(e)
		}
		if at > start && !e.long && !before.long {
			for _, i := range before.starts {
				for _, j := range e.ends {
					g.add(i, j)
				}
			}
		}
		before = e
	}
}

// mayDiffer reports whether a part of the joined text has joint grams, not looking
// closely: nearly all parts are Han characters.
func (g *slowScanner) mayDiffer(start, end int) bool {
	from, to := g.joined.Span(start, end)
	if to-from != end-start {
		return true
	}
	for at := start; at < end; {
		next, isHan := elementEnd(g.joined.Text[:end], at)
		if r, _ := utf8.DecodeRuneInString(g.joined.Text[next:end]); !isHan && next < end && !textnorm.IsHan(r) {
			return true
		}
		at = next
	}
	return false
}

// element returns the element at an offset.
func (g *slowScanner) element(start, end int) slowElement {
	e := slowElement{start: start, starts: []int{start}}
	e.end, e.isHan = elementEnd(g.joined.Text[:end], start)
	if !e.isHan {
		for at := start + 1; at < e.end; at++ {
			if g.joined.Boundary(at) {
				e.starts = append(e.starts, at)
			}
		}
		fast := jointScanner{folded: g.folded, joined: g.joined}
		e.long = fast.inLongRun(e.start, e.end)
	}
	e.ends = append(append(e.ends, e.starts[1:]...), e.end)
	if n := len(e.starts); n > maxSequence+1 {
		// Of its beginnings for a pair the whole and the last ones count, of its ends
		// the first ones and the whole.
		e.starts = append([]int{start}, e.starts[n-maxSequence:]...)
		e.ends = append(e.ends[:maxSequence:maxSequence], e.end)
	}
	return e
}

// atoms visits an atom and the sequences of its pieces.
func (g *slowScanner) atoms(e slowElement) {
	cuts := []int{e.start}
	for at := e.start + 1; at < e.end; at++ {
		if g.joined.Boundary(at) {
			cuts = append(cuts, at)
		}
	}
	cuts = append(cuts, e.end)
	for i, start := range cuts[:len(cuts)-1] {
		for _, end := range cuts[i+1 : min(len(cuts), i+1+maxSequence)] {
			g.add(start, end)
		}
	}
	if len(cuts)-1 > maxSequence {
		g.add(e.start, e.end)
	}
}

// add visits [start,end) of the joined text, unless it is a gram of the folded text.
func (g *slowScanner) add(start, end int) {
	from, to := g.joined.Span(start, end)
	fast := jointScanner{folded: g.folded}
	if to-from == end-start && fast.wholeRuns(from, to) {
		return
	}
	g.visit(Token{JointPrefix + g.joined.Text[start:end], from, to})
}

// groups visits the groups of digits of an atom that are next to a separator of thousands.
func (g *slowScanner) groups(e slowElement) {
	start := e.start
	for at := e.start + 1; at <= e.end; at++ {
		if at < e.end && !g.joined.Boundary(at) && !g.joined.Separates(at) {
			continue
		}
		if g.joined.Separates(start) || g.joined.Separates(at) {
			from, to := g.joined.Span(start, at)
			g.visit(Token{JointPrefix + groupPrefix + g.joined.Text[start:at], from, to})
		}
		start = at
	}
}

func checkJointGrams(t *testing.T, folded string) {
	t.Helper()
	var got, want []Token
	EachJointGram(folded, func(g Token) { got = append(got, g) })
	eachSlowGram(folded, func(g Token) { want = append(want, g) })
	if !slices.Equal(got, want) {
		t.Fatalf("%.200q: %+v, want %+v", folded, got, want)
	}
}

func TestJointGramsEqualSlowOnes(t *testing.T) {
	parts := []string{"北", "约", "㐀", "𠮷", "が", "々", "a", "é", "bc", "1", "٣", "23", "456", "-", "·", ",", " ",
		",456", "-a", "《", "·b", "-9", strings.Repeat("x", 900)}
	r := rand.New(rand.NewPCG(7, 8))
	var folder textnorm.Folder
	for range 10_000 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		checkJointGrams(t, folder.FoldString(b.String()))
	}
	eachNasty(t, func(t *testing.T, text string) { checkJointGrams(t, folder.FoldString(text)) })
}

func TestGramsDontAllocate(t *testing.T) {
	text := strings.Repeat("北约东扩,c919与歼-20、5,999元。", 40)
	visit := func(Token) {}
	if n := testing.AllocsPerRun(10, func() { EachGram(text, visit) }); n > 1 {
		t.Errorf("%v allocations for grams", n)
	}
	joined := textnorm.Join(text)
	grams := 0
	EachJoinedGram(text, joined, func(Token) { grams++ })
	if n := testing.AllocsPerRun(10, func() { EachJoinedGram(text, joined, visit) }); n > float64(grams)/5 {
		t.Errorf("%v allocations for %d joint grams", n, grams)
	}
}
