package html

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	dom "golang.org/x/net/html"
)

// Some pages have their article as data that a script shows: __NEXT_DATA__,
// window.__INITIAL_STATE__ = {…}.

// stated is an article that a page has outside its displayed text.
type stated struct {
	title, date, source, author string
	blocks                      []block
}

const (
	maxData        = 4 << 20 // bytes of one script
	maxDataNesting = 24
	maxAssignments = 8 // places in a script where data may begin
	minContent     = 2 // sentences of what may be the text
)

// dataStart matches where data begins in a script.
var dataStart = regexp.MustCompile(`(?:^|=|\()\s*[\[{]`)

// statedBody returns the article that the page states in JSON-LD or in the data of a
// script; nil blocks if it states none.
func (p *webPage) statedBody() stated {
	if all := linkedBody(p.linked.Body); all != nil {
		return stated{title: p.linked.Headline, blocks: all}
	}
	var best content
	for _, script := range p.script.data {
		if len(script) > maxData {
			continue
		}
		for _, at := range dataStart.FindAllStringIndex(script, maxAssignments) {
			var data any
			decoder := json.NewDecoder(strings.NewReader(script[at[1]-1:]))
			decoder.UseNumber()
			if decoder.Decode(&data) == nil {
				best.find(data, nil, 0)
			}
		}
	}
	if best.sentences < minContent {
		return stated{}
	}
	all := blocksIn(best.text)
	if textOf(all) < minText || sentencesOf(all) == 0 {
		return stated{}
	}
	return stated{
		title: best.field("title", "headline", "articletitle", "newstitle"),
		date: dayOf(best.field("publishtime", "publishedtime", "publishdate", "publishedat", "publishat", "pubtime",
			"pubdate", "createtime", "createdat", "ctime", "datetime", "date", "time")),
		source: best.field("source", "sourcename", "medianame", "media", "copyfrom", "origin", "from"),
		author: best.field("author", "authorname", "writer"),
		blocks: all,
	}
}

// blocksIn returns the paragraphs of a text, with or without tags.
func blocksIn(text string) []block {
	if !strings.Contains(text, "<") {
		return linkedBody(text)
	}
	page, err := strip(text)
	if err != nil {
		return nil
	}
	tree, err := dom.Parse(bytes.NewReader(page.html))
	if err != nil {
		return nil
	}
	return blocks(tree)
}

// content is the longest text in data, by sentences, and the objects around it, the
// innermost last.
type content struct {
	text      string
	sentences int
	around    []map[string]any
}

func (c *content) find(v any, around []map[string]any, depth int) {
	if depth > maxDataNesting {
		return
	}
	switch v := v.(type) {
	case string:
		if n := sentencesIn(v); n > c.sentences {
			c.text, c.sentences, c.around = v, n, append(c.around[:0:0], around...)
		}
	case []any:
		c.find(joined(v), around, depth+1)
		for _, each := range v {
			if _, isText := each.(string); !isText {
				c.find(each, around, depth+1)
			}
		}
	case map[string]any:
		for _, each := range v {
			c.find(each, append(around, v), depth+1)
		}
	}
}

// joined returns the texts of a list of paragraphs, such as [{"type":"text","text":"…"}].
func joined(list []any) string {
	var b strings.Builder
	for _, each := range list {
		text, _ := each.(string)
		if object, ok := each.(map[string]any); ok {
			for _, name := range []string{"text", "content", "value"} {
				if s, ok := object[name].(string); ok {
					text = s
					break
				}
			}
		}
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}

// field returns the value of the first of some members that the text's object, or else one
// around it, has. Names are compared without case and underscores.
func (c *content) field(names ...string) string {
	for i := len(c.around) - 1; i >= 0; i-- {
		if text := member(c.around[i], names); text != "" {
			return text
		}
		for _, each := range c.around[i] { // {"info":{"title":…},"body":…}
			if inner, ok := each.(map[string]any); ok {
				if text := member(inner, names); text != "" {
					return text
				}
			}
		}
	}
	return ""
}

// member returns the first of some members of an object that it has.
func member(object map[string]any, names []string) string {
	named := map[string]string{}
	for name, value := range object {
		text := plainText(value)
		if number, ok := value.(json.Number); ok {
			text = number.String()
		}
		if text != "" && text != strconv.Itoa(0) {
			named[strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))] = text
		}
	}
	for _, name := range names {
		if text := named[name]; text != "" {
			return text
		}
	}
	return ""
}
