package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Values are the values of a field by number, for counting: there are few, and each
// of many articles or documents has one. Those with the same normal form are one.
type Values struct {
	Names []string // the most frequent spelling of each, in byte order; the first is ""
	Of    []uint32 // by article, or of Section by document: the index in Names

	fold      func(string) string
	numbers   map[string]uint32   // the index in Names by normal form
	spellings map[string][]string // by normal form, of values with several
}

// valueFields are the fields with Values.
var valueFields = []string{Publication, PageName, Source, Section}

// Values returns the values of a field: Publication, PageName and Source by
// article, Section by document. Of other fields it returns nil. The first call reads them.
func (c *Columns) Values(field string) (*Values, error) {
	if v := c.values[field]; v != nil {
		return v.get(context.Background())
	}
	return nil, nil
}

// SetPostings sets where Values are read from, with their normal forms by fold.
func (c *Columns) SetPostings(p Postings, fold func(string) string) {
	c.values = map[string]*lazy[*Values]{}
	for _, field := range valueFields {
		c.values[field] = newLazy(func(ctx context.Context) (*Values, error) {
			v, err := c.readValues(ctx, p, field)
			if err != nil {
				return nil, fmt.Errorf("values of %s: %w", field, err)
			}
			v.group(fold)
			return v, nil
		})
	}
}

func (c *Columns) readValues(ctx context.Context, p Postings, field string) (*Values, error) {
	names, err := dictionary(ctx, p, field, "", "", nil)
	if err != nil {
		return nil, err
	}
	v := &Values{Names: []string{""}}
	if field == Section {
		v.Of = make([]uint32, len(c.Article))
	} else {
		v.Of = make([]uint32, len(c.Day))
	}
	for _, name := range names {
		docs, err := p.Documents(field, name)
		if err != nil {
			return nil, err
		}
		if docs.IsEmpty() { // the documents with it were removed
			continue
		}
		number := uint32(len(v.Names))
		v.Names = append(v.Names, name)
		for it := docs.Iterator(); it.HasNext(); {
			at := it.Next()
			if field != Section {
				at = c.Article[at]
			}
			v.Of[at] = number
		}
	}
	return v, nil
}

// group makes one value of those with the same normal form.
func (v *Values) group(fold func(string) string) {
	v.fold, v.numbers, v.spellings = fold, map[string]uint32{}, map[string][]string{}
	counts := make([]int, len(v.Names))
	for _, of := range v.Of {
		counts[of]++
	}
	groups := map[string][]uint32{} // by normal form
	for i, name := range v.Names {
		key := v.key(name)
		groups[key] = append(groups[key], uint32(i))
	}
	shown := make([]uint32, len(v.Names)) // by number: that of the spelling that is shown
	for key, members := range groups {
		usual := slices.MinFunc(members, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
		})
		for _, m := range members {
			shown[m] = usual
			if len(members) > 1 {
				v.spellings[key] = append(v.spellings[key], v.Names[m])
			}
		}
	}
	v.keep(shown)
}

// keep keeps of the values those that are shown for others or themselves.
func (v *Values) keep(shown []uint32) {
	numbers := make([]uint32, len(v.Names))
	var names []string
	for i, name := range v.Names {
		if shown[i] == uint32(i) {
			numbers[i] = uint32(len(names))
			v.numbers[v.key(name)] = numbers[i]
			names = append(names, name)
		}
	}
	v.Names = names
	for i, of := range v.Of {
		v.Of[i] = numbers[shown[of]]
	}
}

// key returns the normal form of a value.
func (v *Values) key(value string) string { return valueKey(v.fold, value) }

// valueKey returns the normal form of a value, and one without a normal form itself.
func valueKey(fold func(string) string, value string) string {
	if value == "" {
		return ""
	}
	return cmp.Or(fold(value), value)
}

// number returns the index in Names of a value in any spelling.
func (v *Values) number(value string) (uint32, bool) {
	n, ok := v.numbers[v.key(value)]
	return n, ok
}

// allSpellings returns values, each in all its spellings.
func (v *Values) allSpellings(values []string) []string {
	var out []string
	for _, value := range values {
		if n, ok := v.number(value); ok {
			out = append(out, v.Names[n])
		}
		out = append(append(out, value), v.spellings[v.key(value)]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// namesAs returns Names, with values as they are spelt here.
func (v *Values) namesAs(values []string) []string {
	if len(values) == 0 {
		return v.Names
	}
	out := slices.Clone(v.Names)
	for _, value := range values {
		if n, ok := v.number(value); ok {
			out[n] = value
		}
	}
	return out
}
