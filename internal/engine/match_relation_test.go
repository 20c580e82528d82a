package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// Over random news, proximity and occurrences match what trying all pairs and counting in
// all texts match, by article and by paragraph, in every zone and inside other nodes.
func TestRelationsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4)) // the same at every run
	all := randomNews(r, 120)
	for i := range all {
		for p := range all[i].Paragraphs {
			all[i].Paragraphs[p].Kind = []news.Kind{news.Body, news.Body, news.Body, news.Caption}[r.IntN(4)]
		}
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	m.columns.withoutRoundUps()
	e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
	slow := slowRelations{words, all, m.columns, map[string]string{}}
	matched := map[string]int{}
	for range 300 {
		n := randomRelation(r)
		zone := zone(r.IntN(4))
		var q query.Node = n
		if zone != anywhere {
			q = &query.Field{Name: []query.FieldName{"", query.Title, query.Section, query.Lead}[zone], Node: n}
		}
		with := &query.Phrase{Text: randomWord(r)} // narrows what is read
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			want := slow.members(n, zone, by)
			narrowed := membersOf(t, e, with, by)
			both := slices.DeleteFunc(slices.Clone(want), func(member uint32) bool {
				return !slices.Contains(narrowed, member)
			})
			for tree, want := range map[query.Node][]uint32{q: want, &query.And{Nodes: []query.Node{with, q}}: both} {
				if got := membersOf(t, e, tree, by); !slices.Equal(got, want) {
					t.Errorf("%s by %s: %v, want %v", tree, by, got, want)
				}
				matched[fmt.Sprintf("%T %s", n, zone)] += len(want)
			}
		}
	}
	for _, kind := range []string{"*query.Proximity", "*query.Occurrences"} {
		for _, zone := range []zone{anywhere, inTitle, inSection, inLead} {
			if n := matched[fmt.Sprintf("%s %s", kind, zone)]; n < 10 {
				t.Errorf("%s %s matched %d members: this tests little", kind, zone, n)
			}
		}
	}
}

func membersOf(t *testing.T, e *Engine, q query.Node, by search.By) []uint32 {
	t.Helper()
	s := newTestSearcher(t, e, search.Request{Query: q, By: by})
	found, err := s.match(t.Context(), search.Filter{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found.base.members.ToArray()
}

// randomRelation returns a proximity of two words or phrases, or occurrences of one.
func randomRelation(r *rand.Rand) query.Node {
	operand := func() query.Node {
		word := randomWord(r)
		switch r.IntN(4) {
		case 0:
			return &query.Phrase{Text: word + []string{"", "。"}[r.IntN(2)]}
		case 1:
			runes := []rune(word)
			from := r.IntN(len(runes))
			return &query.Phrase{Text: string(runes[from : from+1+r.IntN(len(runes)-from)])}
		}
		return &query.Word{Text: []string{"", "", "", "，", "人，"}[r.IntN(5)] + word}
	}
	if r.IntN(3) == 0 {
		return &query.Occurrences{Node: operand(), Min: 1 + r.IntN(5)}
	}
	relations := []query.Relation{query.Within, query.Before, query.SameSentence, query.SameParagraph}
	relation := relations[r.IntN(len(relations))]
	most := map[query.Relation]int{query.Within: 20, query.Before: 20}[relation]
	return &query.Proximity{
		Left: operand(), Right: operand(), Relation: relation, Distance: r.IntN(max(most, 3)),
	}
}

// slowRelations matches by trying everything.
type slowRelations struct {
	words   Segmenter
	all     []news.Article
	columns *Columns
	folds   map[string]string
}

func (s slowRelations) fold(text string) string {
	folded, ok := s.folds[text]
	if !ok {
		folded = s.words.FoldString(text)
		s.folds[text] = folded
	}
	return folded
}

// members returns the members that a node matches in a zone, sorted.
func (s slowRelations) members(n query.Node, in zone, by search.By) []uint32 {
	var out []uint32
	for i := range s.all {
		a := &s.all[i]
		head, end := s.columns.documents(uint32(i))
		switch {
		case by == search.ByArticle && s.matches(n, a, in, -1):
			out = append(out, uint32(i))
		case by == search.ByParagraph && (in == inTitle || in == inLead) && s.matches(n, a, in, -1):
			for doc := head + 1; doc < end; doc++ {
				out = append(out, doc)
			}
		case by == search.ByParagraph && (in == anywhere || in == inSection):
			for p := range a.Paragraphs {
				if s.matches(n, a, in, p) {
					out = append(out, head+1+uint32(p))
				}
			}
		}
	}
	return out
}

// placed is a text of an article: paragraph is -1 for titles and headings.
type placed struct {
	text      string
	paragraph int
}

// texts lists the texts of a zone, of one paragraph unless only is -1.
func (s slowRelations) texts(a *news.Article, in zone, only int) []placed {
	var out []placed
	if only < 0 && in != inSection {
		out = append(out, placed{a.Title, -1}, placed{a.Kicker, -1}, placed{a.Subtitle, -1})
	}
	before := "\n"
	for i, p := range a.Paragraphs {
		if (in == inSection || in == anywhere && only < 0) && (only == i || only < 0 && p.Section != before) {
			out = append(out, placed{p.Section, -1})
		}
		before = p.Section
		if in == anywhere && (only < 0 || only == i) || in == inLead && i == LeadParagraph(a)-1 {
			out = append(out, placed{p.Text, i})
		}
	}
	for i := range out {
		out[i].text = s.fold(out[i].text)
	}
	return out
}

func (s slowRelations) matches(n query.Node, a *news.Article, in zone, only int) bool {
	if n, ok := n.(*query.Occurrences); ok {
		count := 0
		for _, p := range s.texts(a, in, only) {
			end := 0
			for _, o := range s.find(n.Node, p.text) {
				if o.start >= end {
					count, end = count+1, o.end
				}
			}
		}
		return count >= n.Min
	}
	p := n.(*query.Proximity)
	texts := s.texts(a, in, only)
	for _, left := range texts {
		if s.related(p, left.text) {
			return true
		}
	}
	if p.Relation != query.SameParagraph || p.Distance == 0 || in != anywhere {
		return false
	}
	return s.relatedAcross(p, s.texts(a, in, -1), only)
}

// relatedAcross tries all pairs of paragraphs; one of them must be only, unless that is -1.
func (s slowRelations) relatedAcross(n *query.Proximity, texts []placed, only int) bool {
	for _, x := range texts {
		for _, y := range texts {
			apart := max(x.paragraph-y.paragraph, y.paragraph-x.paragraph)
			if x.paragraph < 0 || y.paragraph < 0 || apart == 0 || apart > n.Distance {
				continue
			}
			asked := only < 0 || x.paragraph == only || y.paragraph == only
			if asked && len(s.find(n.Left, x.text)) > 0 && len(s.find(n.Right, y.text)) > 0 {
				return true
			}
		}
	}
	return false
}

// related tries all pairs of occurrences in a text.
func (s slowRelations) related(n *query.Proximity, text string) bool {
	for _, l := range s.find(n.Left, text) {
		for _, r := range s.find(n.Right, text) {
			first, second := l, r
			if r.start < l.start {
				first, second = r, l
			}
			if second.start < first.end || n.Relation == query.Before && first != l {
				continue
			}
			between := text[first.end:second.start]
			_, size := utf8.DecodeLastRuneInString(text[:first.end])
			sentences := strings.Count(text[first.end-size:second.start], "。")
			switch {
			case n.Relation == query.SameParagraph,
				n.Relation == query.SameSentence && sentences <= n.Distance,
				n.Relation != query.SameSentence && utf8.RuneCountInString(between) <= n.Distance:
				return true
			}
		}
	}
	return false
}

// find tries every offset of a folded text.
func (s slowRelations) find(operand query.Node, text string) []occurrence {
	var out []occurrence
	if phrase, ok := operand.(*query.Phrase); ok {
		want := s.fold(phrase.Text)
		for at := range text {
			if strings.HasPrefix(text[at:], want) {
				out = append(out, occurrence{start: at, end: at + len(want)})
			}
		}
		return out
	}
	joined := textnorm.Join(text)
	want := textnorm.Join(s.fold(operand.(*query.Word).Text)).Text
	for at := range joined.Text {
		end := at + len(want)
		if strings.HasPrefix(joined.Text[at:], want) && joined.Boundary(at) && joined.Boundary(end) {
			start, end := joined.Span(at, end)
			out = append(out, occurrence{start: start, end: end})
		}
	}
	return out
}

// countingRecords counts how many articles are read.
type countingRecords struct {
	Records
	read atomic.Int32
}

func (c *countingRecords) Get(article int) (news.Article, error) {
	c.read.Add(1)
	return c.Records.Get(article)
}

func (c *countingRecords) Texts() Texts { return countingTexts{c.Records.Texts(), c} }

type countingTexts struct {
	Texts
	records *countingRecords
}

func (t countingTexts) Open(article int) error {
	t.records.read.Add(1)
	return t.Texts.Open(article)
}

// The texts that decide are read once, not for each page of a query.
func TestRelationsAreCached(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, randomNews(rand.New(rand.NewPCG(5, 9)), 30), alone)
	records := &countingRecords{Records: m}
	e := New("random", m, records, m.columns, words, Options{Cache: DefaultCache})
	proximity := &query.Proximity{
		Left: &query.Word{Text: "中国"}, Right: &query.Word{Text: "发展"}, Relation: query.SameParagraph, Distance: 1,
	}
	for _, q := range []query.Node{proximity, &query.Occurrences{Node: &query.Word{Text: "中国"}, Min: 2}} {
		first := membersOf(t, e, q, search.ByArticle)
		if records.read.Load() == 0 || len(first) == 0 {
			t.Fatalf("%s: %d articles read, %d matched", q, records.read.Load(), len(first))
		}
		records.read.Store(0)
		if again := membersOf(t, e, q, search.ByArticle); records.read.Load() > 0 || !slices.Equal(again, first) {
			t.Errorf("%s: %d articles were read again", q, records.read.Load())
		}
	}
}
