package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/atom"
)

// tagAtom returns the element of a tag, without the copies of Tokenizer.TagName.
func tagAtom(raw []byte) atom.Atom {
	raw = bytes.TrimPrefix(raw[1:], []byte("/"))
	var name [maxAtom]byte
	n := 0
	for ; n < len(raw) && strings.IndexByte(tagEnds, raw[n]) < 0; n++ {
		if n == len(name) {
			return 0
		}
		name[n] = raw[n]
		if c := raw[n]; c >= 'A' && c <= 'Z' {
			name[n] += 'a' - 'A'
		}
	}
	return atom.Lookup(name[:n])
}

// maxAtom is the length of the longest name of an element that matters here.
const maxAtom = 16

// tagEnds are the characters that end the name of an element in a tag.
const tagEnds = " \t\n\f\r/>"

// keptAttrs are the attributes that say something about a text. Others (onclick, target,
// data-…) are half of many pages, and reading them twice takes time.
var keptAttrs = map[string]bool{
	"class": true, "id": true, "style": true, "hidden": true, "aria-hidden": true, "aria-modal": true, "role": true,
	"href": true, "rel": true, "lang": true, "align": true, "size": true, "itemprop": true, "datetime": true,
	"content": true, "bosszone": true, "colspan": true, "rowspan": true, "summary": true, "datatable": true,
}

// appendAttrs appends those attributes of a tag to out that are kept. attrs is what
// follows the name of the element.
func appendAttrs(out, attrs []byte) []byte {
	for at := 0; at < len(attrs) && attrs[at] != '>'; {
		if strings.IndexByte(tagEnds, attrs[at]) >= 0 {
			at++
			continue
		}
		end := at + 1 // a name may begin with =
		for end < len(attrs) && attrs[end] != '=' && strings.IndexByte(tagEnds, attrs[end]) < 0 {
			end++
		}
		next := valueEnd(attrs, end)
		if isKept(attrs[at:end], attrs[end:next]) {
			out = append(out, ' ')
			out = append(out, attrs[at:next]...)
		}
		at = next
	}
	return out
}

// valueEnd returns where the value of an attribute ends whose name ends at an offset.
func valueEnd(attrs []byte, at int) int {
	start := skipBlanks(attrs, at)
	if start == len(attrs) || attrs[start] != '=' {
		return at
	}
	start = skipBlanks(attrs, start+1)
	if start == len(attrs) {
		return start
	}
	if quote := attrs[start]; quote == '"' || quote == '\'' {
		if size := bytes.IndexByte(attrs[start+1:], quote); size >= 0 {
			return start + 1 + size + 1
		}
		return len(attrs)
	}
	if size := bytes.IndexAny(attrs[start:], " \t\n\f\r>"); size >= 0 {
		return start + size
	}
	return len(attrs)
}

func skipBlanks(text []byte, at int) int {
	for at < len(text) && strings.IndexByte(" \t\n\f\r", text[at]) >= 0 {
		at++
	}
	return at
}

// isKept reports whether an attribute is kept; value has the equals sign. Of styles and
// addresses only a few matter.
func isKept(name, value []byte) bool {
	var lower [maxAtom]byte
	if len(name) > len(lower) {
		return false
	}
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	switch name := lower[:len(name)]; string(name) {
	case "style":
		value := bytes.ToLower(value)
		return bytes.Contains(value, []byte("none")) || bytes.Contains(value, []byte("hidden")) ||
			bytes.Contains(value, []byte("center"))
	case "href":
		value := bytes.TrimLeft(value, " \t\n\f\r=\"'")
		return bytes.HasPrefix(value, []byte("#")) || bytes.HasPrefix(value, []byte("javascript"))
	default:
		return keptAttrs[string(name)]
	}
}
