package dsl

import (
	"fmt"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/layout"
)

// document translates a condition on the values of a document, which stands for its whole article.
func (t *translator) document(c engine.Condition) (object, error) {
	if !isOfKind(c) {
		return t.value(c, "")
	}
	head, err := ofHead(c)
	if err != nil || head {
		return MatchAll, err
	}
	own, err := t.value(c, layout.OwnField)
	if err != nil {
		return nil, err
	}
	others, err := t.value(c, layout.OthersField)
	return AnyOf(Nested(layout.OwnField, own), Nested(layout.OthersField, others)), err
}

// isOfKind reports whether a condition is about the kind of a paragraph; all others are about articles.
func isOfKind(c engine.Condition) bool {
	switch c := c.(type) {
	case engine.AllOf:
		return slices.ContainsFunc(c, isOfKind)
	case engine.AnyOf:
		return slices.ContainsFunc(c, isOfKind)
	case engine.NotOf:
		return isOfKind(c.Condition)
	case engine.ValueOf:
		return c.Field == engine.Kind
	}
	return false
}

// ofHead reports whether the head of an article, which has no kind, meets a condition.
func ofHead(c engine.Condition) (bool, error) {
	switch c := c.(type) {
	case engine.AllOf:
		for _, one := range c {
			if ok, err := ofHead(one); !ok || err != nil {
				return false, err
			}
		}
		return true, nil
	case engine.AnyOf:
		for _, one := range c {
			if ok, err := ofHead(one); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	case engine.NotOf:
		ok, err := ofHead(c.Condition)
		return !ok, err
	case engine.ValueOf:
		return false, nil
	}
	return false, fmt.Errorf("a condition of type %T is not about a kind", c)
}

// value translates a condition on values; path is that of the paragraphs, or "" for the article.
func (t *translator) value(c engine.Condition, path string) (object, error) {
	of := func(c engine.Condition) (object, error) { return t.value(c, path) }
	switch c := c.(type) {
	case engine.AllOf:
		return combine(c, "filter", of)
	case engine.AnyOf:
		return combine(c, "should", of)
	case engine.NotOf:
		q, err := of(c.Condition)
		return NoneOf(q), err
	case engine.DateOf:
		return Between(layout.DateField, c.From, c.To), nil
	case engine.LengthOf:
		bounds := object{"gte": c.Min}
		if c.Max > 0 {
			bounds["lte"] = c.Max
		}
		return object{"range": object{layout.CharactersField: bounds}}, nil
	case engine.ValueOf:
		field := layout.KeyOf(c.Field)
		if c.Field == engine.Kind {
			field = path + "." + layout.KindField
		}
		if c.Is {
			return Term(field, c.Text), nil
		}
		return object{"wildcard": object{field: object{"value": "*" + escapeWildcard(c.Text) + "*"}}}, nil
	}
	return nil, fmt.Errorf("a condition of type %T can't be asked of OpenSearch", c)
}

// Between matches days, both ends included; "" is no bound.
func Between(field, from, to string) object {
	bounds := object{}
	if from != "" {
		bounds["gte"] = from
	}
	if to != "" {
		bounds["lte"] = to
	}
	if len(bounds) == 0 {
		return object{"exists": object{"field": field}}
	}
	return object{"range": object{field: bounds}}
}
