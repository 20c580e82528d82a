package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of a feed. The parser keeps all elements and attributes in memory and calls itself for
// those within each other. For each element it copies the prefixes that are declared around it, and
// it joins the base address with those around it.
const (
	maxTags     = 500_000 // and attributes
	maxItems    = 20_000
	maxNesting  = 250
	maxPrefixes = 64
	maxBase     = 1000 // bytes
)

// beyond returns why a feed isn't parsed, "" if it is.
func beyond(text string) string {
	if strings.Count(text, "<item")+strings.Count(text, "<entry") > maxItems {
		return fmt.Sprintf("more than %d items: split the feed", maxItems)
	}
	if reason := beyondElements(text); reason != "" {
		return reason
	}
	if strings.Count(text, "<")+strings.Count(text, "=") > maxTags {
		return fmt.Sprintf("more than %d elements and attributes: split the feed", maxTags)
	}
	return ""
}

// beyondElements is beyond for what single elements have. It reads them as the parser does, so that
// none can hide in a comment, a declaration or an attribute.
func beyondElements(text string) (reason string) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		reason = "a declaration of its encoding that isn't at its beginning"
		return nil, errors.New(reason)
	}
	prefixes := map[string]bool{}
	for depth := 0; reason == ""; {
		token, err := d.RawToken()
		if err != nil { // the end, or what the parser reports
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return fmt.Sprintf("more than %d elements within each other: not a feed", maxNesting)
			}
			reason = beyondAttributes(t.Attr, prefixes)
		case xml.EndElement:
			depth--
		}
	}
	return reason
}

// beyondAttributes is beyond for the attributes of an element. It adds the prefixes that they declare.
func beyondAttributes(attributes []xml.Attr, prefixes map[string]bool) string {
	for _, a := range attributes {
		if a.Name.Space == "xmlns" {
			prefixes[a.Name.Local] = true
		}
		if a.Name.Local == "base" && len(a.Value) > maxBase {
			return fmt.Sprintf("a base address of more than %d bytes: not a feed", maxBase)
		}
	}
	if len(prefixes) > maxPrefixes {
		return fmt.Sprintf("more than %d prefixes of namespaces: not a feed", maxPrefixes)
	}
	return ""
}

// withoutControls returns a text without the control characters that the parser passes over.
func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return -1
		}
		return r
	}, text)
}
