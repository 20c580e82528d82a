package html

import (
	"encoding/json"
	"strings"

	dom "golang.org/x/net/html"
)

// head is what a page says of itself outside of what is shown.
type head struct {
	title     string              // <title>, as it stands
	metas     map[string][]string // by name, property or itemprop, in lower case without blanks
	canonical string
	jsonLD    []string
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

// first is the first of the metas by these names, in their order.
func (h *head) first(names ...string) string {
	for _, name := range names {
		if all := h.metas[name]; len(all) > 0 {
			return all[0]
		}
	}
	return ""
}

// maxTitle bounds a <title>: the longest headlines have 100 characters, and the
// search for its suffixes is quadratic.
const maxTitle = 1000 // bytes

func (h *head) titleText() string { return firstRunes(tidy(dom.UnescapeString(h.title)), maxTitle) }

// url is the address the page gives itself, if it is a whole one.
func (h *head) url() string {
	for _, u := range []string{h.canonical, h.first("og:url", "url")} {
		if IsAddress(u) {
			return u
		}
	}
	return ""
}

// IsAddress tells whole addresses of the web.
func IsAddress(u string) bool {
	return strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://")
}

// linkedData is what a page's JSON-LD (schema.org) says about its article.
type linkedData struct {
	Headline, Published, Author, Publisher, Body string
}

// linked finds the article in the page's JSON-LD; what can't be read says nothing.
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

// maxNesting bounds how deep an article may stand in JSON-LD: in a list, in a
// @graph, as mainEntity.
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
		if strings.Contains(kind, "Article") || strings.HasSuffix(kind, "Posting") || strings.HasPrefix(kind, "Report") || v["datePublished"] != nil {
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

// bodyText is a string with its lines.
func bodyText(v any) string {
	s, _ := v.(string)
	return s
}

// plainText is a string, the name of a thing, or the first of a list of either.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return tidy(v)
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
			return tidy(name)
		}
	}
	return ""
}
