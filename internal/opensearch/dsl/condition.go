package dsl

import (
	"fmt"
	"strings"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// errTooComplex is about a query with too many parts.
var errTooComplex = fmt.Errorf("%w: the query is too complex", search.ErrUnsupported)

// Asked is a condition as the cluster is asked for it.
type Asked struct {
	Roots object // matches root documents; nil for all

	// By paragraph: which paragraphs of a root document match, in the cases that its own fields make.
	Cases []Case

	Exact bool // else it may match more than the condition, and texts have to be read
	Least bool // it is not exact, but matches nothing else than the condition
}

// Case is a query of root documents and the query of their nested paragraphs that match then.
type Case struct{ Root, Paragraph object }

// Ask translates a condition, nil for everything, with at most so many clauses. If it has more, it is asked
// roughly, and texts decide, or else without synonyms.
func Ask(c engine.Condition, by search.By, weigh Weigher, most int) (Asked, error) {
	ways := []translator{{}, {rough: true}, {least: true, literal: true}}
	fewest := 0
	for i, t := range ways {
		t.by, t.weigh = by, weigh
		out, err := t.ask(c)
		n := Clauses(out.Roots)
		if err != nil || n <= most {
			return out, err
		}
		if i == 0 || n < fewest {
			fewest = n
		}
	}
	return Asked{}, fmt.Errorf("%w: it has %d terms with all ways to write it, and %d are possible; shorten it, or raise "+
		"indices.query.bool.max_clause_count of the cluster", errTooComplex, fewest, most)
}

// AskLeast translates a condition so that nothing else matches, but perhaps not all, with at most so many clauses if
// it can; Least is false if that is not possible.
func AskLeast(c engine.Condition, by search.By, weigh Weigher, most int) (out Asked, err error) {
	for _, t := range []translator{{least: true}, {least: true, brief: true}, {least: true, literal: true}} {
		t.by, t.weigh = by, weigh
		if out, err = t.ask(c); err != nil || Clauses(out.Roots) <= most {
			break
		}
	}
	return out, err
}

func (t translator) ask(c engine.Condition) (Asked, error) {
	t.exact = true
	if t.by == search.ByParagraph {
		out, err := t.byParagraph(c)
		out.Exact, out.Least = t.exact && !t.literal, t.least
		return out, err
	}
	if c == nil {
		return Asked{Exact: true}, nil
	}
	q, err := t.article(c)
	return Asked{Roots: q, Exact: t.exact && !t.literal, Least: t.least}, err
}

// Clauses counts the terms of a query.
func Clauses(q object) int {
	n := 0
	for name, value := range q {
		switch value := value.(type) {
		case object:
			n += Clauses(value)
			if name == "range" {
				n++
			}
		case []object:
			for _, one := range value {
				n += Clauses(one)
			}
		case []any:
			for _, one := range value {
				if o, ok := one.(object); ok {
					n += Clauses(o)
				}
			}
		case string:
			switch name {
			case "value", "pattern":
				n++
			case "query":
				n += strings.Count(value, " ") + 1
			}
		default:
			if name == "value" {
				n++
			}
		}
	}
	return n
}

// Weigher returns how many members have each unit of a bag.
type Weigher func(by search.By, of engine.UnitsOf, synonyms bool) ([]int, int, error)

// translator translates one condition.
type translator struct {
	by      search.By
	weigh   Weigher
	exact   bool
	rough   bool // fewer clauses, which match more
	least   bool // as AskLeast
	brief   bool // without other ways to write numbers that take many clauses
	literal bool // without synonyms, and numbers as they are written
}

// article translates a condition on an item of a round-up, or an article.
func (t *translator) article(c engine.Condition) (object, error) {
	switch c := c.(type) {
	case engine.AllOf:
		return combine(c, "filter", t.article)
	case engine.AnyOf:
		return combine(c, "should", t.article)
	case engine.NotOf:
		return t.excluded(c.Condition)
	case engine.DocumentOf:
		return t.document(c.Condition)
	}
	q, err := t.texts(c, []string{layout.OwnField})
	if err != nil {
		return nil, err
	}
	if name := nameOf(c); name != "" {
		q = AnyOf(q, Term(layout.BylineNamesField, name))
	}
	return q, nil
}

// nameOf returns the name in bylines that a condition is met by, too.
func nameOf(c engine.Condition) string {
	switch c := c.(type) {
	case engine.TogetherOf:
		return c.Name
	case engine.UnitsOf:
		return c.Name
	}
	return ""
}

// excluded translates an exclusion, which is about all items of an article. Of several conditions
// together, one item has to meet all, so that texts have to decide.
func (t *translator) excluded(c engine.Condition) (object, error) {
	if several, ok := c.(engine.AllOf); ok && len(several) > 1 {
		t.exact, t.least = false, false
		return MatchAll, nil
	}
	if any, ok := c.(engine.AnyOf); ok {
		var not []object
		for _, one := range any {
			q, err := t.excluded(one)
			if err != nil {
				return nil, err
			}
			not = append(not, q)
		}
		return AllOf(not...), nil
	}
	before, least := t.exact, t.least
	t.exact, t.least = true, false
	q, err := t.inAllItems(c)
	if err != nil {
		return nil, err
	}
	if t.exact {
		t.exact, t.least = before, least
		return NoneOf(q), nil
	}
	if least { // it excludes too many
		t.least = true
		return NoneOf(q), nil
	}
	return MatchAll, nil
}

// inAllItems translates a condition that any item of an article may meet.
func (t *translator) inAllItems(c engine.Condition) (object, error) {
	switch c.(type) {
	case engine.AllOf, engine.AnyOf, engine.NotOf, engine.DocumentOf:
		return t.article(c)
	}
	q, err := t.texts(c, []string{layout.OwnField, layout.OthersField})
	if err != nil {
		return nil, err
	}
	if name := nameOf(c); name != "" {
		q = AnyOf(q, Term(layout.BylineNamesField, name))
	}
	return q, nil
}

// combine translates several conditions.
func combine[T engine.AllOf | engine.AnyOf](
	conditions T, how string, translate func(engine.Condition) (object, error),
) (object, error) {
	var out []object
	for _, c := range []engine.Condition(conditions) {
		q, err := translate(c)
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	if how == "should" {
		return AnyOf(out...), nil
	}
	return AllOf(out...), nil
}

// texts translates a condition on texts, where paragraphs are those of some fields.
func (t *translator) texts(c engine.Condition, paragraphs []string) (object, error) {
	return t.inTexts(c, func(test TextTest) object { return InZone(zoneOf(c), paragraphs, test) })
}

// inTexts translates a condition on texts; in returns what matches where one of the zone's texts meets
// a test.
func (t *translator) inTexts(c engine.Condition, in func(TextTest) object) (object, error) {
	switch c := c.(type) {
	case engine.UnitsOf:
		return t.units(c, in)
	case engine.TogetherOf:
		return in(func(p TextPlace) object { return t.together(p, c.Variants) }), nil
	case engine.PhraseOf:
		return in(func(p TextPlace) object { return t.phrase(p, c.Text) }), nil
	case engine.NearOf:
		return in(func(p TextPlace) object { return t.near(p, c) }), nil
	case engine.ProximityOf:
		return in(func(p TextPlace) object { return t.proximity(p, c) }), nil
	case engine.OccurrencesOf:
		return in(func(p TextPlace) object { return t.occurrences(p, c) }), nil
	case engine.PrefixOf:
		return in(func(p TextPlace) object { return t.prefixOf(p, c.Text) }), nil
	}
	return nil, fmt.Errorf("a condition of type %T can't be asked of OpenSearch", c)
}

// TextTest returns the query that a text meets, or all headings of an article.
type TextTest func(TextPlace) object

// InZone matches the root documents with a text in a zone that meets a test.
func InZone(zone engine.Zone, paragraphs []string, test TextTest) object {
	var out []object
	if zone != engine.InSection {
		out = append(out, test(TextPlace{Streams: layout.TitleField, Words: layout.TitleWordsField}))
	}
	if zone == engine.InTitle {
		return AnyOf(out...)
	}
	if zone == engine.InLead { // of the whole article
		paragraphs = []string{layout.OwnField, layout.OthersField}
	}
	for _, path := range paragraphs {
		text := TextOf(path)
		heading := TextPlace{Streams: path + "." + layout.SectionTextField}
		switch zone {
		case engine.InArticle:
			out = append(out, Nested(path, AnyOf(test(text), test(heading))))
		case engine.InSection:
			out = append(out, Nested(path, test(heading)))
		case engine.InLead:
			out = append(out, Nested(path, AllOf(Term(path+"."+layout.LeadField, true), test(text))))
		}
	}
	return AnyOf(out...)
}

// TextPlace names the fields of a text or of the headings.
type TextPlace struct {
	Streams string
	Words   string // "" for none
}

// TextOf names the fields of the texts of some paragraphs.
func TextOf(paragraphs string) TextPlace {
	return TextPlace{Streams: paragraphs + "." + layout.TextField, Words: paragraphs + "." + layout.ParagraphWords}
}

func (p TextPlace) stream(name string) string { return p.Streams + "." + name }
