package news

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Kind is what a paragraph is on the page.
type Kind string

// The kinds of paragraphs. The zero Kind means Body.
const (
	Body    Kind = "body"
	Caption Kind = "caption"
	Table   Kind = "table"
)

// DateLayout is the layout of Article.Date, a calendar day.
const DateLayout = time.DateOnly

// Article is an article record (稿件). On output every member is written; on input
// an absent member and "" mean the same.
type Article struct {
	ID          string      `json:"id"`
	File        string      `json:"file"`
	Publication string      `json:"publication"`
	Date        string      `json:"date"` // YYYY-MM-DD or ""
	Page        string      `json:"page"`
	PageName    string      `json:"page_name"`
	Title       string      `json:"title"`
	Kicker      string      `json:"kicker"`
	Subtitle    string      `json:"subtitle"`
	Byline      string      `json:"byline"`
	Source      string      `json:"source"`
	URL         string      `json:"url"`
	Confidence  float64     `json:"confidence"` // 0 to 1: how sure the reader is
	Paragraphs  []Paragraph `json:"paragraphs"`
}

// Paragraph is one paragraph (段落) with the section heading (小标题) above it.
type Paragraph struct {
	Section string `json:"section"`
	Kind    Kind   `json:"kind"`
	Text    string `json:"text"`
}

// Characters counts the characters of the paragraphs' texts: code points of Unicode, white
// space left out. Titles and headings don't count.
func (a *Article) Characters() int {
	n := 0
	for _, p := range a.Paragraphs {
		n += characters(p.Text)
	}
	return n
}

// characters counts the characters of a text that are no white space.
func characters(s string) (n int) {
	const firstHan, lastHan, hanSize = 0xE4, 0xE9, 3 // first bytes of nearly all Han characters
	follows := func(c byte) bool { return c&0xC0 == 0x80 }
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= firstHan && c <= lastHan && i+hanSize <= len(s) && follows(s[i+1]) && follows(s[i+2]):
			i += hanSize
			n++
		case c > ' ' && c < utf8.RuneSelf:
			i++
			n++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if i += size; !unicode.IsSpace(r) {
				n++
			}
		}
	}
	return n
}

// MaxID bounds an id, which is part of addresses.
const MaxID = 256 // bytes

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// StableID returns the id of an article that came without one: a hash of its
// publication, date, page, title and first paragraph, 26 characters of a-z0-9.
func (a *Article) StableID() string {
	first := ""
	if len(a.Paragraphs) > 0 {
		first = a.Paragraphs[0].Text
	}
	h := sha256.New()
	for _, part := range []string{a.Publication, a.Date, a.Page, a.Title, first} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return idEncoding.EncodeToString(h.Sum(nil)[:16])
}

// Normalize brings values to their normal form, fills in what a reader may leave out (kind,
// id) and removes control characters. It returns an error for the first invalid member.
func (a *Article) Normalize() error {
	if err := checkID(a.ID); err != nil {
		return err
	}
	for _, s := range []*string{&a.File, &a.Publication, &a.Date, &a.Page, &a.PageName,
		&a.Title, &a.Kicker, &a.Subtitle, &a.Byline, &a.Source, &a.URL} {
		*s = trimSpace(StripControl(*s))
	}
	var err error
	if a.Date, err = Day(a.Date); err != nil {
		return err
	}
	a.Publication, a.Source = Name(a.Publication), Name(a.Source)
	a.Page, a.Byline = PageNumber(a.Page), Byline(a.Byline)
	if a.Confidence < 0 || a.Confidence > 1 {
		return fmt.Errorf("confidence %v is not between 0 and 1", a.Confidence)
	}
	kept := make([]Paragraph, 0, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		switch p.Kind {
		case "":
			p.Kind = Body
		case Body, Caption, Table:
		default:
			return fmt.Errorf("paragraph %d: kind %q is not body, caption or table", i+1, p.Kind)
		}
		p.Section, p.Text = trimSpace(StripControl(p.Section)), StripControl(p.Text)
		if trimValue(p.Text) != "" {
			kept = append(kept, p)
		}
	}
	a.Paragraphs = kept
	if len(kept) == 0 && a.Title == "" {
		return fmt.Errorf("neither title nor text")
	}
	if a.ID == "" {
		a.ID = a.StableID()
	}
	return nil
}

// checkID rejects ids that can't be part of an address, and those that cleaning
// would make equal to others.
func checkID(id string) error {
	switch {
	case len(id) > MaxID:
		return fmt.Errorf("id %.20q… is longer than %d bytes", id, MaxID)
	case id == "." || id == "..":
		return fmt.Errorf("id %q is not allowed in an address", id)
	case strings.IndexFunc(id, isControl) >= 0:
		return fmt.Errorf("id %q contains control characters", id)
	}
	return nil
}

// StripControl removes control characters (Unicode category Cc); line breaks, tabs and NULs
// become a space each, so that they still separate their neighbours.
func StripControl(s string) string {
	if !mayHaveControl(s) || strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\v' || r == '\f' || r == '\u0085' || r == 0:
			return ' '
		case isControl(r):
			return -1
		}
		return r
	}, s)
}

// mayHaveControl reports whether a text has a byte that control characters have, and few others.
func mayHaveControl(s string) bool {
	const delete, firstOfC1 = 0x7f, 0xc2 // the latter is the first byte of U+0080 to U+00BF
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == delete || c == firstOfC1 {
			return true
		}
	}
	return false
}

func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }
