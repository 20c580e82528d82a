package html

import (
	"encoding/json"
	"strings"

	dom "golang.org/x/net/html"
)

// head is what a page states about itself outside the displayed text.
type head struct {
	title     string              // <title>, as written
	metas     map[string][]string // by name, property or itemprop, in lower case without blanks
	canonical string
	jsonLD    []string
	script    scriptFacts
}

func (h *head) meta(attrs map[string]string) {
	content := strings.TrimSpace(attrs["content"])
	if content == "" {
		return
	}
	if h.metas == nil {
		h.metas = make(map[string][]string)
	}
	for _, kind := range []string{"property", "name", "itemprop"} {
		if key := strings.ToLower(strings.Join(strings.Fields(attrs[kind]), "")); key != "" {
			h.metas[key] = append(h.metas[key], content)
		}
	}
}

func (h *head) link(attrs map[string]string) {
	if strings.EqualFold(attrs["rel"], "canonical") && h.canonical == "" {
		h.canonical = strings.TrimSpace(attrs["href"])
	}
}

// first returns the first of the metas with these names, in the order of the
// names.
func (h *head) first(names ...string) string {
	for _, name := range names {
		if all := h.metas[name]; len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

// maxTitle bounds a <title>: the longest headlines have 100 characters, and the
// search for suffixes is quadratic.
const maxTitle = 1000 // bytes

func (h *head) titleText() string {
	return firstBytes(collapseSpace(dom.UnescapeString(h.title)), maxTitle)
}

// url returns the address that the page gives for itself, if it is absolute.
func (h *head) url() string {
	for _, u := range []string{h.canonical, h.first("og:url", "url")} {
		if IsAddress(u) {
			return u
		}
	}
	return ""
}

// IsAddress reports whether u is an absolute web address.
func IsAddress(u string) bool {
	return strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://")
}

// linkedData is what a page's JSON-LD (schema.org) states about its article.
type linkedData struct {
	Headline, Published, Author, Publisher, Body string
}

// linked finds the article in the page's JSON-LD; invalid JSON-LD is ignored.
func (h *head) linked() linkedData {
	for _, text := range h.jsonLD {
		var any any
		if json.Unmarshal([]byte(strings.TrimSpace(text)), &any) != nil {
			continue
		}
		if article := findArticle(any, 0); article != nil {
			return linkedData{
				Headline:  plainText(article["headline"]),
				Published: plainText(article["datePublished"]),
				Author:    plainText(article["author"]),
				Publisher: plainText(article["publisher"]),
				Body:      bodyText(article["articleBody"]),
			}
		}
	}
	return linkedData{}
}

// maxNesting bounds how deep in JSON-LD an article is looked for: in a list, in
// a @graph, as mainEntity.
const maxNesting = 4

func findArticle(v any, depth int) map[string]any {
	if depth > maxNesting {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			if found := findArticle(each, depth+1); found != nil {
				return found
			}
		}
	case map[string]any:
		kind := plainText(v["@type"])
		if strings.Contains(kind, "Article") || strings.HasSuffix(kind, "Posting") ||
			strings.HasPrefix(kind, "Report") || v["datePublished"] != nil {
			return v
		}
		for _, inner := range []string{"@graph", "mainEntity"} {
			if found := findArticle(v[inner], depth+1); found != nil {
				return found
			}
		}
	}
	return nil
}

// bodyText returns a string with its line breaks.
func bodyText(v any) string {
	s, _ := v.(string)
	return s
}

// plainText returns a string, the name of a thing, or those of a list joined.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return collapseSpace(v)
	case []any:
		var all []string
		for _, each := range v {
			if s := plainText(each); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, " ")
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			return collapseSpace(name)
		}
	}
	return ""
}
