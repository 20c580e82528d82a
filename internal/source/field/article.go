package field

import (
	"errors"
	"fmt"
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

// MaxMembers is how many members a record can have: no article has nearly as many.
const MaxMembers = 20_000

var errManyMembers = fmt.Errorf("the record has more than %d members: it is no article", MaxMembers)

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
	if len(members) > MaxMembers {
		return nil, nil, errManyMembers
	}
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

// set reads a member into a field.
func set(a *news.Article, f Field, m Member) error {
	switch f {
	case Confidence:
		if m.Kind != Number {
			return wrongType(m, Number)
		}
		n, err := strconv.ParseFloat(m.Value, 64)
		if err != nil {
			return fmt.Errorf("member %s: want a number between 0 and 1, found one that is too large", m.Name)
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
