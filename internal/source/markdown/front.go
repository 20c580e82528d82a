package markdown

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"

	"xunwen/internal/source/field"
)

// Is reports whether a text begins with front matter or with a heading of Markdown.
func Is(head []byte) bool { return mark.Match(head) }

// HasMarks reports whether a text has anything of Markdown that divides or decorates it.
func HasMarks(text string) bool { return marks.MatchString(text) }

var marks = regexp.MustCompile(`(?m)^#{1,6}[ \t]|^(?:={3,}|-{3,})[ \t]*\r?$|^(?:[-*+]|\d+\.)[ \t]|\]\(|\*\*|^>|^\|.*\||^</?(?:h[1-6]|p|div|center|img|a|b|strong|br)\b`)

var mark = regexp.MustCompile(`^(?:---[ \t]*\r?\n(?:\s*(?:#.*)?\r?\n)*[\p{Han}\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n|#{1,6}[ \t]+\S[^\n]*\r?\n)`)

// cutFront separates the front matter from a text: its members, and the rest.
func cutFront(text string) (members []field.Member, rest string) {
	fence := text[:min(len(text), len("---"))]
	separator, ok := map[string]string{"---": ":", "+++": "="}[fence]
	first, after, more := strings.Cut(text, "\n")
	if !ok || !more || strings.TrimSpace(first) != fence {
		return nil, text
	}
	matter, rest, ok := cutFence(after, fence)
	if !ok {
		return nil, text // a line above a text
	}
	members, err := frontMembers(matter, fence)
	if err != nil {
		members = frontLines(matter, separator)
	}
	if err != nil && members == nil {
		return nil, text // a text between two lines
	}
	return members, rest
}

// alias matches a reference to another value of YAML. Front matter has no use for them, and a few
// lines of them stand for gigabytes.
var alias = regexp.MustCompile(`(?m)(?:^|[\s,\[{:-])\*[^\s,\]}]`)

// Bounds of front matter in bytes, and of values in one another: parsers of YAML and TOML take
// gigabytes for what is deeper by thousands, or end the program.
const (
	maxFront    = 64 << 10
	deepestMark = 20
)

// mostMembers is how many members are read line by line; a text is added to them.
const mostMembers = field.MaxMembers - 1

// isDeep reports whether front matter has more values in one another than it has use for.
func isDeep(matter string) bool {
	depth := 0
	for _, c := range matter {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > deepestMark {
			return true
		}
	}
	for line := range strings.Lines(matter) {
		name, _, _ := strings.Cut(line, "=")
		if strings.Count(name, ".") > deepestMark && !strings.Contains(name, ":") ||
			strings.Count(line, "- ") > deepestMark || strings.Count(line, "? ") > deepestMark {
			return true
		}
	}
	return false
}

func frontMembers(matter, fence string) ([]field.Member, error) {
	values := map[string]any{}
	var err error
	switch {
	case len(matter) > maxFront || isDeep(matter):
		err = errors.New("too large or too deep")
	case fence == "+++":
		err = toml.Unmarshal([]byte(matter), &values)
	case alias.MatchString(matter):
		err = errors.New("a * before a value")
	default:
		err = yaml.Unmarshal([]byte(matter), &values)
	}
	if err != nil {
		return nil, err
	}
	return flatten("", values), nil
}

// frontLines reads front matter that is broken: what a line says after the name at its beginning,
// and what the lines below it go on with.
func frontLines(matter, separator string) []field.Member {
	var all []field.Member
	for line := range strings.Lines(matter) {
		line = strings.TrimRight(line, "\r\n")
		name, value, ok := strings.Cut(line, separator)
		switch {
		case strings.TrimSpace(line) == "":
		case len(all) == mostMembers:
			return all
		case ok && frontName.MatchString(name):
			all = append(all, field.Member{Name: strings.TrimSpace(name), Kind: field.String, Value: unquote(value)})
		case len(all) > 0:
			last := &all[len(all)-1]
			last.Value = strings.TrimSpace(last.Value + " " + unquote(strings.TrimLeft(line, " \t-")))
		default:
			return nil
		}
	}
	return all
}

var frontName = regexp.MustCompile(`^[\p{Han}\w-]{1,32}[ \t]*$`)

func unquote(value string) string { return strings.Trim(strings.TrimSpace(value), `"'`) }

// cutFence cuts a text after the line that closes the front matter.
func cutFence(text, fence string) (matter, rest string, ok bool) {
	at := 0
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); trimmed == fence || fence == "---" && trimmed == "..." {
			return text[:at], text[at+len(line):], true
		}
		at += len(line)
	}
	return "", text, false
}

func flatten(prefix string, values map[string]any) []field.Member {
	var all []field.Member
	for name, value := range values {
		m := field.Member{Name: prefix + name, Kind: field.String}
		switch v := value.(type) {
		case nil:
			continue
		case map[string]any:
			all = append(all, flatten(m.Name+".", v)...)
			continue
		case []any:
			m.Kind = field.List
			var texts []string
			for _, item := range v {
				inner, ok := item.(map[string]any)
				if !ok {
					texts = append(texts, fmt.Sprint(item))
					continue
				}
				for _, of := range flatten("", inner) { // a person, perhaps
					if of.Name == "name" {
						texts = append(texts, of.Value)
						continue
					}
					of.Name = m.Name + "." + of.Name
					all = append(all, of)
				}
			}
			m.Value = strings.Join(texts, "\n")
		case string:
			m.Value = v
		case bool:
			m.Kind, m.Value = field.Other, fmt.Sprint(v)
		case time.Time:
			m.Value = v.Format(time.RFC3339)
		case fmt.Stringer:
			m.Value = v.String()
		default:
			m.Value = fmt.Sprint(v)
		}
		all = append(all, m)
	}
	return all
}
