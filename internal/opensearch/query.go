package opensearch

import (
	"fmt"
	"strings"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// errTooComplex is about a query with too many parts.
var errTooComplex = fmt.Errorf("%w: the query is too complex", search.ErrUnsupported)

// asked is a condition as the cluster is asked for it.
type asked struct {
	query object // matches root documents; nil for all

	// By paragraph: which paragraphs of a root document match, in the cases that its own fields make.
	cases []paragraphCase

	exact bool // else it may match more than the condition, and texts have to be read
	least bool // it is not exact, but matches nothing else than the condition
}

// paragraphCase is a query of root documents and the query of their nested paragraphs that match then.
type paragraphCase struct{ root, paragraph object }

// ask translates a condition, nil for everything, with at most so many clauses. If it has more, it is asked
// roughly, and texts decide, or else without synonyms.
func ask(c engine.Condition, by search.By, weigh weigher, most int) (asked, error) {
	ways := []translator{{}, {rough: true}, {least: true, literal: true}}
	fewest := 0
	for i, t := range ways {
		t.by, t.weigh = by, weigh
		out, err := t.ask(c)
		n := clauses(out.query)
		if err != nil || n <= most {
			return out, err
		}
		if i == 0 || n < fewest {
			fewest = n
		}
	}
	return asked{}, fmt.Errorf("%w: it has %d terms with all ways to write it, and %d are possible; shorten it, or raise "+
		"indices.query.bool.max_clause_count of the cluster", errTooComplex, fewest, most)
}

// askLeast translates a condition so that nothing else matches, but perhaps not all; least is false if that
// is not possible.
func askLeast(c engine.Condition, by search.By, weigh weigher) (asked, error) {
	return translator{by: by, weigh: weigh, least: true}.ask(c)
}

func (t translator) ask(c engine.Condition) (asked, error) {
	t.exact = true
	if t.by == search.ByParagraph {
		out, err := t.byParagraph(c)
		out.exact, out.least = t.exact && !t.literal, t.least
		return out, err
	}
	if c == nil {
		return asked{exact: true}, nil
	}
	q, err := t.article(c)
	return asked{query: q, exact: t.exact && !t.literal, least: t.least}, err
}

// clauses counts the terms of a query.
func clauses(q object) int {
	n := 0
	for name, value := range q {
		switch value := value.(type) {
		case object:
			n += clauses(value)
			if name == "range" {
				n++
			}
		case []object:
			for _, one := range value {
				n += clauses(one)
			}
		case []any:
			for _, one := range value {
				if o, ok := one.(object); ok {
					n += clauses(o)
				}
			}
		case string:
			switch name {
			case "value":
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

// weigher returns how many members have each unit of a bag.
type weigher func(by search.By, of engine.UnitsOf, synonyms bool) ([]int, int, error)

// translator translates one condition.
type translator struct {
	by      search.By
	weigh   weigher
	exact   bool
	rough   bool // fewer clauses, which match more
	least   bool // as askLeast
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
	q, err := t.texts(c, []string{ownField})
	if err != nil {
		return nil, err
	}
	if name := nameOf(c); name != "" {
		q = anyOf(q, term(bylineNamesField, name))
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
		return matchAll, nil
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
		return allOf(not...), nil
	}
	before, least := t.exact, t.least
	t.exact, t.least = true, false
	q, err := t.inAllItems(c)
	if err != nil {
		return nil, err
	}
	if t.exact {
		t.exact, t.least = before, least
		return noneOf(q), nil
	}
	if least { // it excludes too many
		t.least = true
		return noneOf(q), nil
	}
	return matchAll, nil
}

// inAllItems translates a condition that any item of an article may meet.
func (t *translator) inAllItems(c engine.Condition) (object, error) {
	switch c.(type) {
	case engine.AllOf, engine.AnyOf, engine.NotOf, engine.DocumentOf:
		return t.article(c)
	}
	q, err := t.texts(c, []string{ownField, othersField})
	if err != nil {
		return nil, err
	}
	if name := nameOf(c); name != "" {
		q = anyOf(q, term(bylineNamesField, name))
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
		return anyOf(out...), nil
	}
	return allOf(out...), nil
}

// texts translates a condition on texts, where paragraphs are those of some fields.
func (t *translator) texts(c engine.Condition, paragraphs []string) (object, error) {
	return t.inTexts(c, func(test textTest) object { return inZone(zoneOf(c), paragraphs, test) })
}

// inTexts translates a condition on texts; in returns what matches where one of the zone's texts meets
// a test.
func (t *translator) inTexts(c engine.Condition, in func(textTest) object) (object, error) {
	switch c := c.(type) {
	case engine.UnitsOf:
		return t.units(c, in)
	case engine.TogetherOf:
		return in(func(p textPlace) object { return t.together(p, c.Variants) }), nil
	case engine.PhraseOf:
		return in(func(p textPlace) object { return t.phrase(p, c.Text) }), nil
	case engine.NearOf:
		return in(func(p textPlace) object { return t.near(p, c) }), nil
	case engine.ProximityOf:
		return in(func(p textPlace) object { return t.proximity(p, c) }), nil
	case engine.OccurrencesOf:
		return in(func(p textPlace) object { return t.occurrences(p, c) }), nil
	case engine.PrefixOf:
		return in(func(p textPlace) object { return t.prefixOf(p, c.Text) }), nil
	}
	return nil, fmt.Errorf("a condition of type %T can't be asked of OpenSearch", c)
}

// textTest returns the query that a text meets, or all headings of an article.
type textTest func(textPlace) object

// inZone matches the root documents with a text in a zone that meets a test.
func inZone(zone engine.Zone, paragraphs []string, test textTest) object {
	var out []object
	if zone != engine.InSection {
		out = append(out, test(textPlace{streams: titleField, words: titleWordsField}))
	}
	if zone == engine.InTitle {
		return anyOf(out...)
	}
	if zone == engine.InLead { // of the whole article
		paragraphs = []string{ownField, othersField}
	}
	for _, path := range paragraphs {
		text := textPlace{streams: path + "." + textField, words: path + "." + paragraphWords}
		heading := textPlace{streams: path + "." + sectionTextField}
		switch zone {
		case engine.InArticle:
			out = append(out, nested(path, anyOf(test(text), test(heading))))
		case engine.InSection:
			out = append(out, nested(path, test(heading)))
		case engine.InLead:
			out = append(out, nested(path, allOf(term(path+"."+leadField, true), test(text))))
		}
	}
	return anyOf(out...)
}

// textPlace names the fields of a text or of the headings.
type textPlace struct {
	streams string
	words   string // "" for none
}

func (p textPlace) stream(name string) string { return p.streams + "." + name }
