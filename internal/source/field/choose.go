package field

import (
	"regexp"
	"slices"
	"strings"

	"xunwen/internal/news"
)

// choice is which members fields are read from.
type choice struct {
	of      map[Field]chosen
	left    []string // known, but another has the field or none does
	unknown []string
}

type chosen struct {
	Member
	rank int
}

// choose finds the member of each field. Of several with a value the best known counts.
func (r Reader) choose(members []Member) choice {
	c := choice{of: map[Field]chosen{}}
	var nested []Member
	for _, m := range members {
		k, ok := r.known(m.Name)
		if k.field == Paragraphs { // given as one text
			k.field = Text
		}
		switch {
		case strings.TrimSpace(m.Value) == "" && m.Kind != Other: // it is as if it were absent
		case ok && k.field == Date && k.rank > 0 && !isDay(m.Value):
			if hasYear.MatchString(m.Value) {
				k.rank += noDayRank // counts, and rejects the record, if no other member has a day
				c.offer(k, m)
			} else {
				c.left = append(c.left, m.Name) // 03-05 08:30, 2小时前: not the whole day
			}
		case ok && (k.field == none || k.field == ID && k.rank != mappedRank && isCounter(m)),
			ok && k.rank > 0 && isKey(k.field, m):
			c.left = append(c.left, m.Name)
		case ok:
			c.offer(k, m)
		case strings.Contains(m.Name, "."):
			nested = append(nested, m)
		default:
			c.unknown = append(c.unknown, m.Name)
		}
	}
	c.nest(nested)
	return c
}

// hasYear matches what is meant to be a whole day.
var hasYear = regexp.MustCompile(`\d{4}`)

func isDay(text string) bool {
	day, err := news.Day(text)
	return err == nil && day != ""
}

// isCounter reports whether an id is only the number of a record in its file, by which records
// of different files would replace one another.
func isCounter(m Member) bool {
	const longest = 7 // digits
	return len(m.Value) <= longest && strings.Trim(m.Value, "0123456789") == "" &&
		(m.Kind == Number || m.Name != string(ID))
}

// valueNames are what programs call the value of a member that is an object.
var valueNames = map[string]bool{
	"name": true, "$oid": true, "$date": true, "rendered": true, "$t": true, "#text": true, "value": true}

// hit is what Elasticsearch calls a record that it found.
const hit = "_source"

// isKey reports whether a member that should be a name is the key of one in another table.
func isKey(f Field, m Member) bool {
	return (m.Kind == Number || m.Kind == Other) && (f == Byline || f == Source || f == PageName || f == Publication)
}

// nest looks for fields in the objects of a record: author.name is the author, and an object
// has the article if the record itself has no text.
func (c *choice) nest(members []Member) {
	text, hasText := c.of[Text]
	hasText = hasText && text.rank < nestedRank
	for _, m := range members {
		at := strings.LastIndexByte(m.Name, '.')
		outer, inner := m.Name[:at], m.Name[at+1:]
		k, ok := byName[fold(inner)]
		object := outer[strings.LastIndexByte(outer, '.')+1:]
		o, outerKnown := byName[fold(object)]
		outerKnown = outerKnown && object != hit
		isObject := outerKnown && o.field != Text // a person or a house, with what is known of it
		switch {
		case outerKnown && valueNames[fold(inner)]:
			c.offer(o, m)
		case outerKnown && o.field == none:
			c.left = append(c.left, outer)
		case isObject && o.field != none:
			c.left = append(c.left, m.Name)
		case ok && k.field != none && !hasText:
			k.rank += nestedRank
			c.offer(k, m)
		case ok:
			c.left = append(c.left, m.Name)
		default:
			c.unknown = append(c.unknown, m.Name)
		}
	}
	c.left = slices.Compact(c.left)
}

func (c *choice) offer(k known, m Member) {
	if k.field == none {
		c.left = append(c.left, m.Name)
		return
	}
	old, taken := c.of[k.field]
	switch {
	case !taken:
		c.of[k.field] = chosen{m, k.rank}
	case k.rank < old.rank:
		c.of[k.field] = chosen{m, k.rank}
		m = old.Member
		fallthrough
	default:
		if m.Value != c.of[k.field].Value {
			c.left = append(c.left, m.Name)
		}
	}
}

// Known reports whether a name stands for a field, also by the user's map, and for which.
func (r Reader) Known(name string) (f Field, ok bool) {
	k, ok := r.known(name)
	return k.field, ok
}

func (r Reader) known(name string) (known, bool) {
	if f, ok := r.Map[name]; ok {
		return known{f, mappedRank}, true
	}
	k, ok := byName[fold(name)]
	return k, ok
}

// Holds reports whether members can be a record: one of them is a text or, if a title is enough,
// a title, by its name, or a value that can only be a text.
func (r Reader) Holds(members []Member, title bool) bool {
	c := r.choose(members)
	_, hasText := c.of[Text]
	_, hasTitle := c.of[Title]
	return hasText || title && hasTitle || longest(members, c.unknownNames()) != ""
}
