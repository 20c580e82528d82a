package field

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/source/markup"
)

// Kind is the type of a member's value.
type Kind string

// The kinds of values. A list has texts; what is none of the others is Other.
const (
	String Kind = "a string"
	Number Kind = "a number"
	List   Kind = "a list"
	Other  Kind = "true, false or an object"
)

// Member is a member of a record: a column of a table, an element, a line of front matter.
// Value is "" where there is none.
type Member struct {
	Name  string
	Kind  Kind
	Value string // the texts of a list are on lines
}

// Reader makes articles of members.
type Reader struct {
	Map     Map
	Lenient bool // leave unknown members out
}

// sure is the default confidence: the author of a record, a person or a program, knew its
// parts, unlike a reader that infers them.
const sure = 1

// UnknownError reports members by names that are not known.
type UnknownError struct {
	Names  []string
	Advice string // how to get the record in; "" if nothing is known
	Whole  bool   // the record has a text without them
}

func (e *UnknownError) Error() string {
	noun := "member"
	if len(e.Names) > 1 {
		noun = "members"
	}
	advice := e.Advice
	if advice == "" && e.Whole {
		advice = "pass --lenient to leave them out, or --map FIELD=MEMBER to read them"
		if noun == "member" {
			advice = "pass --lenient to leave it out, or --map FIELD=MEMBER to read it"
		}
	}
	if advice == "" {
		advice = "correct the name, pass --map FIELD=MEMBER, or --lenient to leave it out"
	}
	return fmt.Sprintf("unknown %s %s: %s", noun, quotedNames(e.Names), advice)
}

// shownNames is how many names an error shows.
const shownNames = 6

func quotedNames(names []string) string {
	var out []string
	for _, n := range names[:min(len(names), shownNames)] {
		out = append(out, strconv.Quote(n))
	}
	if more := len(names) - shownNames; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}

// errNoText reports a record that has no text, although members of it were left out.
var errNoText = errors.New("no text")

// Article returns the article with the given members, and the names of those with a value that
// are not in it. The paragraphs, if any, are those of the member of this name. The caller fills
// in defaults and calls Normalize.
func (r Reader) Article(members []Member, paragraphs []news.Paragraph) (*news.Article, []string, error) {
	a := &news.Article{Confidence: sure, Paragraphs: paragraphs}
	c := r.choose(members)
	if len(c.unknown) > 0 && !r.Lenient {
		_, hasText := c.of[Text]
		return nil, nil, &UnknownError{c.unknown, r.advise(members), hasText}
	}
	for _, f := range slices.Concat(Fields, []Field{File, Confidence}) {
		if chosen, ok := c.of[f]; ok {
			if err := set(a, f, chosen.Member); err != nil {
				return nil, nil, err
			}
		}
	}
	if text, ok := c.of[Text]; ok {
		if len(paragraphs) > 0 {
			return nil, nil, errors.New("the record has both text and paragraphs: keep one of them")
		}
		a.Paragraphs = markup.Text(text.Value)
		a.Title = markup.Line(a.Title)
		a.Kicker, a.Subtitle = markup.Line(a.Kicker), markup.Line(a.Subtitle)
	}
	left := slices.Concat(c.left, c.unknown)
	if len(left) > 0 && len(a.Paragraphs) == 0 {
		advice := r.advise(members)
		if advice == "" {
			advice = "map the member that holds it with --map text=MEMBER"
		}
		return nil, nil, fmt.Errorf("%w: left out: %s: %s", errNoText, quotedNames(left), advice)
	}
	return a, left, nil
}

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
		case ok && (k.field == none || k.field == ID && k.rank != mappedRank && isCounter(m)):
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

// nest looks for fields in the objects of a record: author.name is the author, and an object
// has the article if the record itself has no text.
func (c *choice) nest(members []Member) {
	text, hasText := c.of[Text]
	hasText = hasText && text.rank < nestedRank
	for _, m := range members {
		at := strings.LastIndexByte(m.Name, '.')
		outer, inner := m.Name[:at], m.Name[at+1:]
		k, ok := byName[fold(inner)]
		o, outerKnown := byName[fold(outer)]
		switch {
		case outerKnown && (fold(inner) == "name" || fold(inner) == "$oid" || fold(inner) == "$date"):
			c.offer(o, m)
		case outerKnown && o.field == none:
			c.left = append(c.left, outer)
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

// set reads a member into a field.
func set(a *news.Article, f Field, m Member) error {
	switch f {
	case Confidence:
		n, err := strconv.ParseFloat(m.Value, 64)
		if err != nil || m.Kind != Number {
			return wrongType(m, Number)
		}
		a.Confidence = n
		return nil
	case ID, Page, Date:
		if m.Kind != String && m.Kind != Number {
			return wrongType(m, String)
		}
	case Byline, Text, Source, PageName:
		if m.Kind != String && m.Kind != List {
			return wrongType(m, String)
		}
		if f != Text {
			m.Value = strings.ReplaceAll(m.Value, "\n", "、")
		}
	default:
		if m.Kind != String {
			return wrongType(m, String)
		}
	}
	if target := target(a, f); target != nil {
		*target = m.Value
	}
	return nil
}

func wrongType(m Member, want Kind) error {
	return fmt.Errorf("member %s: want %s, found %s", m.Name, want, m.Kind)
}

func target(a *news.Article, f Field) *string {
	switch f {
	case ID:
		return &a.ID
	case Publication:
		return &a.Publication
	case Date:
		return &a.Date
	case Page:
		return &a.Page
	case PageName:
		return &a.PageName
	case Title:
		return &a.Title
	case Kicker:
		return &a.Kicker
	case Subtitle:
		return &a.Subtitle
	case Byline:
		return &a.Byline
	case Source:
		return &a.Source
	case URL:
		return &a.URL
	case File:
		return &a.File
	}
	return nil
}

// Holds reports whether members can be a record: one of them is a text or, if a title is enough,
// a title, by its name, or a value that can only be a text.
func (r Reader) Holds(members []Member, title bool) bool {
	c := r.choose(members)
	_, hasText := c.of[Text]
	_, hasTitle := c.of[Title]
	return hasText || title && hasTitle || longest(members, c.unknown) != ""
}
