package dsl

import (
	"fmt"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/layout"
)

// maxRoots bounds the different conditions about articles in a query by paragraph: each doubles the cases.
const maxRoots = 6

// byParagraph translates a condition on paragraphs. Those of its parts that are about the article can't be
// asked inside a nested query: for each way in which they may be met, the rest is asked of the paragraphs.
func (t *translator) byParagraph(c engine.Condition) (Asked, error) {
	roots := map[string]object{} // by key
	if err := t.collectRoots(c, roots); err != nil {
		return Asked{}, err
	}
	if len(roots) > maxRoots {
		return Asked{}, fmt.Errorf("%w: %d conditions about whole articles, at most %d are possible",
			errTooComplex, len(roots), maxRoots)
	}
	var keys []string
	for k := range roots {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := Asked{}
	for met := range 1 << len(keys) {
		holds := map[string]bool{}
		var root []object
		for i, k := range keys {
			if holds[k] = met>>i&1 == 1; holds[k] {
				root = append(root, roots[k])
			} else {
				root = append(root, NoneOf(roots[k]))
			}
		}
		p, err := t.paragraph(c, holds)
		if err != nil {
			return Asked{}, err
		}
		if isNone(p) {
			continue
		}
		one := Case{Root: MatchAll, Paragraph: p}
		if len(root) > 0 {
			one.Root = AllOf(root...)
		}
		out.Cases = append(out.Cases, one)
	}
	var queries []object
	for _, one := range out.Cases {
		queries = append(queries, AllOf(one.Root, Nested(layout.OwnField, one.Paragraph)))
	}
	out.Roots = AnyOf(queries...)
	return out, nil
}

// collectRoots finds the parts of a condition that are about the article.
func (t *translator) collectRoots(c engine.Condition, to map[string]object) error {
	switch c := c.(type) {
	case nil:
		return nil
	case engine.AllOf:
		for _, one := range c {
			if err := t.collectRoots(one, to); err != nil {
				return err
			}
		}
		return nil
	case engine.AnyOf:
		return t.collectRoots(engine.AllOf(c), to)
	case engine.NotOf:
		return t.collectRoots(c.Condition, to)
	}
	q, ok, err := t.root(c)
	if ok {
		to[Key(q)] = q
	}
	return err
}

// root translates a condition that is about the article; ok is false for another.
func (t *translator) root(c engine.Condition) (q object, ok bool, err error) {
	if d, isDocument := c.(engine.DocumentOf); isDocument {
		if isOfKind(d.Condition) {
			return nil, false, nil
		}
		q, err = t.document(d.Condition)
		return q, err == nil, err
	}
	if z := zoneOf(c); z != engine.InTitle && z != engine.InLead {
		return nil, false, nil
	}
	q, err = t.inAllItems(c)
	return q, err == nil, err
}

func zoneOf(c engine.Condition) engine.Zone {
	switch c := c.(type) {
	case engine.TogetherOf:
		return c.Zone
	case engine.UnitsOf:
		return c.Zone
	case engine.PhraseOf:
		return c.Zone
	case engine.NearOf:
		return c.Zone
	case engine.ProximityOf:
		return c.Zone
	case engine.OccurrencesOf:
		return c.Zone
	case engine.PrefixOf:
		return c.Zone
	}
	return engine.InArticle
}

// paragraph translates a condition on a paragraph of an article that meets some conditions of its own.
func (t *translator) paragraph(c engine.Condition, holds map[string]bool) (object, error) {
	of := func(c engine.Condition) (object, error) { return t.paragraph(c, holds) }
	switch c := c.(type) {
	case nil:
		return MatchAll, nil
	case engine.AllOf:
		return combine(c, "filter", of)
	case engine.AnyOf:
		return combine(c, "should", of)
	case engine.NotOf:
		before, least := t.exact, t.least
		t.exact, t.least = true, false
		q, err := of(c.Condition)
		switch {
		case err != nil:
			return nil, err
		case t.exact:
			t.exact, t.least = before, least
		case least:
			t.least = true
		default:
			return MatchAll, nil
		}
		return NoneOf(q), nil
	case engine.DocumentOf:
		if isOfKind(c.Condition) {
			return t.value(c.Condition, layout.OwnField)
		}
	}
	q, ok, err := t.root(c)
	switch {
	case err != nil:
		return nil, err
	case ok && holds[Key(q)]:
		return MatchAll, nil
	case ok:
		return matchNone, nil
	}
	place := TextOf(layout.OwnField)
	if zoneOf(c) == engine.InSection {
		place = TextPlace{Streams: layout.OwnField + "." + layout.SectionTextField}
	}
	return t.inTexts(c, func(test TextTest) object { return test(place) })
}
