package news

import (
	"strconv"
	"strings"
	"unicode"
)

// Values of records come from people and programs with blanks around them, labels and brackets.
// Here is their one form, so that one paper is one value of a facet.

// trimValue removes white space and signs without width from both ends.
func trimValue(s string) string { return strings.TrimFunc(s, isBlankRune) }

// trimSpace removes white space from both ends of a text that is kept as given. What has only
// signs without width is "".
func trimSpace(s string) string {
	if trimValue(s) == "" {
		return ""
	}
	return strings.TrimSpace(s)
}

func isBlankRune(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff || r == 0xad
}

// halfWidth replaces full-width letters, digits and signs, and ideographic spaces.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		case r == '\u3000' || r == '\u00a0':
			return ' '
		}
		return r
	}, s)
}

// quoted quotes the beginning of a value for an error.
func quoted(s string) string {
	const shown = 40
	if runes := []rune(s); len(runes) > shown {
		return strconv.Quote(string(runes[:shown])) + "…"
	}
	return strconv.Quote(s)
}

// settle brings a value to a form that stays as it is when it is read again.
func settle(value string, form func(string) string) string {
	const most = 8 // times; values of people and programs need one
	for range most {
		next := form(value)
		if next == value {
			break
		}
		value = next
	}
	return value
}

// unnamed are values by which programs and people say that they know no name.
var unnamed = map[string]bool{
	"-": true, "--": true, "—": true, "未知": true, "不详": true, "不詳": true, "佚名": true, "无": true, "無": true,
	"匿名": true, "none": true, "null": true, "nan": true, "n/a": true, "unknown": true, "admin": true,
}

// Name returns the name of a publication or source in its normal form: without blanks, label
// and quotation marks around it. What says that there is no name is "".
func Name(text string) string { return settle(text, name) }

func name(text string) string {
	name := trimValue(text)
	if name == "" {
		return ""
	}
	for _, label := range []string{"来源", "來源", "稿件来源", "信息来源", "文章来源", "新闻来源"} {
		if rest, ok := strings.CutPrefix(name, label); ok {
			if named, colon := strings.CutPrefix(strings.TrimLeftFunc(rest, isBlankRune), "："); colon {
				name = trimValue(named)
			} else if named, colon := strings.CutPrefix(named, ":"); colon {
				name = trimValue(named)
			}
		}
	}
	for _, pair := range []string{"《》", "“”", "「」", "〈〉", "【】", "\"\""} {
		signs := []rune(pair)
		inner, ok := strings.CutPrefix(name, string(signs[0]))
		inner, closed := strings.CutSuffix(inner, string(signs[1]))
		if ok && closed && !strings.ContainsRune(inner, signs[0]) {
			name = trimValue(inner)
		}
	}
	if unnamed[strings.ToLower(name)] {
		return ""
	}
	return name
}
