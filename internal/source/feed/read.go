package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"xunwen/internal/source/field"
)

// MaxSize bounds a feed in bytes. A parser of feeds has the whole in memory; a feed of a site
// has tens of articles.
const MaxSize = 16 << 20

// mark matches the first element of a feed, after declarations and comments.
var mark = regexp.MustCompile(
	`(?is)^(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>]*>\s*)*<(rss|feed|rdf:RDF|channel)[\s>]`)

// Is reports whether a text begins like a feed.
func Is(head []byte) bool { return mark.Match(head) }

// declaration is that of the encoding, which the text no longer has.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// Read yields the articles of a feed. Of one that is broken, the items before that place are read.
func Read(text string) field.Records {
	return func(yield func(field.Record, error) bool) {
		text = withoutControls(declaration.ReplaceAllString(text, ""))
		if reason := beyond(text); reason != "" {
			yield(field.Record{}, &field.RecordError{Line: 1, Reason: errors.New(reason)})
			return
		}
		f, broken := parse(text)
		if f == nil {
			yield(field.Record{}, &field.RecordError{Line: broken.Line, Reason: broken.Reason})
			return
		}
		lines := itemLines(text, len(f.Items))
		for i, item := range f.Items {
			record := record(f, item)
			record.Line = lines[i]
			var err error
			if len(record.Article.Paragraphs) == 0 && record.Article.Title == "" {
				record, err = field.Record{}, &field.RecordError{Line: lines[i],
					Reason: fmt.Errorf("item %d: neither title nor text", i+1)}
			}
			if !yield(record, err) {
				return
			}
		}
		switch {
		case broken != nil:
			yield(field.Record{}, broken)
		case len(f.Items) == 0:
			yield(field.Record{}, &field.RecordError{Line: 1, Reason: errors.New("the feed has no items")})
		}
	}
}

// ends are what closes a feed, by its first element.
var ends = map[string]string{
	"rss": "</channel></rss>", "channel": "</channel>", "feed": "</feed>", "rdf:rdf": "</rdf:RDF>"}

// parse returns a feed and, if it can't be read to its end, where and why. Without an item
// before that place there is no feed.
func parse(text string) (*gofeed.Feed, *field.RecordError) {
	p := gofeed.NewParser()
	p.RSSTranslator = &translator{}
	f, err := p.ParseString(text)
	if err == nil {
		return f, nil
	}
	bad := &field.RecordError{Line: 1, Reason: fmt.Errorf("broken feed: %w", err)}
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		bad.Reason = errors.New("not a feed: it doesn't begin like RSS or Atom")
	}
	cut := text
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		bad.Line, cut = syntax.Line, firstLines(text, syntax.Line)
	}
	first := mark.FindStringSubmatch(text)
	const tries = 3 // the place is in the last item or the one before
	for range tries {
		end := max(strings.LastIndex(cut, "</item>"), strings.LastIndex(cut, "</entry>"))
		if first == nil || end < 0 {
			break
		}
		cut = cut[:end]
		name := strings.ToLower(first[1])
		closed := cut + "</item>" + ends[name]
		if name == "feed" {
			closed = cut + "</entry>" + ends[name]
		}
		if f, err = p.ParseString(closed); err == nil {
			bad.Reason = fmt.Errorf("%w; the items before were read, none after", bad.Reason)
			return f, bad
		}
	}
	return nil, bad
}

// firstLines returns the beginning of a text up to the end of a line.
func firstLines(text string, n int) string {
	end := 0
	for range n {
		i := strings.IndexByte(text[end:], '\n')
		if i < 0 {
			return text
		}
		end += i + 1
	}
	return text[:end]
}

// opening matches the beginning of an item.
var opening = regexp.MustCompile(`<(?:item|entry)[\s>]`)

// itemLines returns the line of each item, 1 for all if texts in them look like beginnings of
// items.
func itemLines(text string, items int) []int {
	lines := make([]int, items)
	at := opening.FindAllStringIndex(text, -1)
	line, from := 1, 0
	for i := range lines {
		lines[i] = 1
		if len(at) == items {
			line += strings.Count(text[from:at[i][0]], "\n")
			lines[i], from = line, at[i][0]
		}
	}
	return lines
}
