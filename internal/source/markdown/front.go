package markdown

import (
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

var marks = regexp.MustCompile(`(?m)^#{1,6}[ \t]|^(?:={3,}|-{3,})[ \t]*\r?$|^(?:[-*+]|\d+\.)[ \t]|\]\(|\*\*|^>|^\|.*\|`)

var mark = regexp.MustCompile(`^(?:---[ \t]*\r?\n(?:\s*(?:#.*)?\r?\n)*[\p{Han}\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n|#{1,6}[ \t]+\S[^\n]*\r?\n)`)

// cutFront separates the front matter from a text: its members, and the rest.
func cutFront(text string) (members []field.Member, rest string, err error) {
	var fence string
	switch {
	case strings.HasPrefix(text, "---"):
		fence = "---"
	case strings.HasPrefix(text, "+++"):
		fence = "+++"
	default:
		return nil, text, nil
	}
	first, after, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimSpace(first) != fence {
		return nil, text, nil
	}
	matter, rest, ok := cutFence(after, fence)
	if !ok {
		return nil, text, nil // a line above a text
	}
	values := map[string]any{}
	if fence == "---" {
		err = yaml.Unmarshal([]byte(matter), &values)
	} else {
		err = toml.Unmarshal([]byte(matter), &values)
	}
	if err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n")
		return nil, rest, fmt.Errorf("broken front matter: %s", reason)
	}
	return flatten("", values), rest, nil
}

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
				texts = append(texts, fmt.Sprint(item))
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
