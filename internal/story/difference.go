package story

import (
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"xunwen/internal/news"
)

// Change says what became of a piece of text from one version to the other.
type Change string

// The values of Change.
const (
	Same  Change = "same"
	Cut   Change = "cut"   // only the first has it
	Added Change = "added" // only the second
)

const (
	// MaxTokens is how many characters and words of each text are compared: several times what a
	// long report has. Comparing texts that have little in common takes time by the square of that.
	MaxTokens = 8000
	// Texts of alwaysCompared tokens or more are compared if they have a share of pairs of
	// neighbours in common. Of two reports about different things it is about 0.05.
	alwaysCompared = 400
	leastAlike     = 0.15
	// maxChance is the most tokens that two texts have in common by chance in the same place: of
	// longer ones, hardly any stand in both.
	maxChance = 4
)

// Counts says how much of a text the other one has, in characters without white space.
type Counts struct {
	Kept, Cut, Added int
	Complete         bool // the texts were compared to their ends
}

// edit is a run of tokens with the same change.
type edit struct {
	change      Change
	first, next []token // of the first text and of the second; of Same as many of both
}

// compare returns how one text becomes another, by Myers' algorithm, with what both have only by
// chance as a change.
func compare(first, next []token) []edit {
	spans := []span{{len(first), len(next)}}
	if alike(first, next) {
		d := diffmatchpatch.New()
		d.DiffTimeout = 0 // what a busy machine finds is what an idle one does
		spans = withoutChance(spansOf(d.DiffMainRunes(keys(first), keys(next), false)), first)
		slide(spans, first, next)
	}
	var out []edit
	for i, s := range spans {
		a, b := first[:s.first], next[:s.next]
		first, next = first[s.first:], next[s.next:]
		if i%2 == 1 {
			out = append(out, edit{Same, a, b})
			continue
		}
		if len(a) > 0 {
			out = append(out, edit{change: Cut, first: a})
		}
		if len(b) > 0 {
			out = append(out, edit{change: Added, next: b})
		}
	}
	return out
}

// alike reports whether two texts are worth comparing.
func alike(first, next []token) bool {
	if len(first) > len(next) {
		first, next = next, first
	}
	if len(first) < alwaysCompared {
		return true
	}
	pairs := map[[2]rune]int{}
	for i := 1; i < len(next); i++ {
		pairs[[2]rune{next[i-1].key, next[i].key}]++
	}
	common := 0
	for i := 1; i < len(first); i++ {
		pair := [2]rune{first[i-1].key, first[i].key}
		if pairs[pair] > 0 {
			pairs[pair]--
			common++
		}
	}
	return float64(common) >= leastAlike*float64(len(first))
}

// span is a number of tokens of both texts. In a list of spans, those with even numbers are
// changes, those between them are the same in both texts.
type span struct{ first, next int }

func (s span) longer() int { return max(s.first, s.next) }

func (s span) plus(other span) span { return span{s.first + other.first, s.next + other.next} }

// spansOf returns differences as spans.
func spansOf(found []diffmatchpatch.Diff) []span {
	out := []span{{}}
	for _, f := range found {
		n := utf8.RuneCountInString(f.Text)
		last := &out[len(out)-1]
		switch f.Type {
		case diffmatchpatch.DiffDelete:
			last.first += n
		case diffmatchpatch.DiffInsert:
			last.next += n
		case diffmatchpatch.DiffEqual:
			out = append(out, span{n, n}, span{})
		}
	}
	return out
}

// withoutChance adds to changes what both texts have by chance, such as a single 的 between two
// changes: at most maxChance tokens within a paragraph, half as many as the change on either side.
func withoutChance(spans []span, first []token) []span {
	out := spans[:1:1]
	at := spans[0].first // of first, after out
	for i := 1; i < len(spans); i += 2 {
		out = append(out, spans[i], spans[i+1])
		at += spans[i].first + spans[i+1].first
		for len(out) > 1 {
			before, same, after := out[len(out)-3], out[len(out)-2], out[len(out)-1]
			end := at - after.first
			if 2*same.first > min(before.longer(), after.longer(), 2*maxChance) || hasEnd(first[end-same.first:end]) {
				break
			}
			out = append(out[:len(out)-3], before.plus(same).plus(after))
		}
	}
	return out
}

// hasEnd reports whether a paragraph ends in tokens.
func hasEnd(list []token) bool {
	_, ends := paragraphEnd(list)
	return ends
}

// counts counts the characters of edits.
func counts(list []edit) (c Counts) {
	for _, e := range list {
		switch e.change {
		case Same:
			c.Kept += characters(e.first)
		case Cut:
			c.Cut += characters(e.first)
		case Added:
			c.Added += characters(e.next)
		}
	}
	return c
}

func characters(list []token) (n int) {
	for _, t := range list {
		n += t.characters()
	}
	return n
}

// work is about how much work it was to compare two texts: tokens times tokens that differ.
func work(first, next []token, list []edit) int {
	changed := 0
	for _, e := range list {
		if e.change != Same {
			changed += len(e.first) + len(e.next)
		}
	}
	return (len(first) + len(next)) * (changed + 1)
}

// Difference is what two articles have in common and what they have not.
type Difference struct {
	Counts // of the texts, without the headings
	Rows   []Row
}

// Part is the part of an article that a row is of.
type Part string

// The values of Part.
const (
	Kicker   Part = "kicker"
	Title    Part = "title"
	Subtitle Part = "subtitle"
	Text     Part = "text"
)

// Compare compares two articles. complete says whether they came with all of their texts.
func Compare(first, next *news.Article, complete bool) Difference {
	t := newTokens()
	var out Difference
	for _, h := range []struct {
		part        Part
		first, next string
	}{
		{Kicker, first.Kicker, next.Kicker},
		{Title, first.Title, next.Title},
		{Subtitle, first.Subtitle, next.Subtitle},
	} {
		if h.first == "" && h.next == "" {
			continue
		}
		a, _ := beginning(t.append(nil, h.first), MaxTokens)
		b, _ := beginning(t.append(nil, h.next), MaxTokens)
		out.Rows = append(out.Rows, rows(h.part, compare(a, b))...)
	}
	a, wholeA := beginning(t.paragraphs(first.Paragraphs), MaxTokens)
	b, wholeB := beginning(t.paragraphs(next.Paragraphs), MaxTokens)
	edits := compare(a, b)
	out.Counts = counts(edits)
	out.Complete = complete && wholeA && wholeB
	out.Rows = append(out.Rows, rows(Text, edits)...)
	return out
}

// textOf joins the texts of tokens.
func textOf(list []token) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.text)
	}
	return b.String()
}
