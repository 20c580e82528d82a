package field

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/markup"
	"xunwen/internal/textnorm"
)

var (
	address   = regexp.MustCompile(`^(?:https?:)?//\S+$`)
	peopleSet = regexp.MustCompile(`^(?:本报|实习|特约)*(?:记者|通讯员)?\s*\p{Han}[\p{Han}·]{1,2}(?:[、,，;；\s]+\p{Han}[\p{Han}·]{1,2}){0,4}$`)
	picture   = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|bmp|svg|mp4|m3u8|mp3)(?:$|[?#])|im(?:age|g)|pic|cover|thumb|video|avatar`)
)

// advise returns how to get a record with unknown members in: which of them seem to hold text,
// title, date, author and link, "" if none of them does.
func (r Reader) advise(members []Member) string {
	known := r.choose(members)
	var pairs, rest []string
	free := func(f Field) bool {
		for _, p := range pairs {
			if strings.HasPrefix(p, string(f)+"=") {
				return false
			}
		}
		_, taken := known.of[f]
		return !taken || f == Text && known.of[f].rank >= outlineRank
	}
	unknown := known.unknownNames()
	text := longest(members, unknown)
	for _, m := range members {
		if !unknown[m.Name] {
			continue
		}
		switch f := guess(m, text); {
		case f != none && free(f):
			pairs = append(pairs, string(f)+"="+m.Name)
		case strings.TrimSpace(m.Value) != "" || m.Kind == Other:
			rest = append(rest, m.Name)
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	advice := "--map " + strings.Join(pairs, ",")
	if strings.ContainsAny(advice[len("--map "):], " '\"$&") {
		advice = "--map '" + strings.ReplaceAll(advice[len("--map "):], "'", "") + "'"
	}
	seem := "they seem"
	if len(pairs) == 1 {
		seem = "it seems"
	}
	if len(rest) > 0 && !r.Lenient {
		return fmt.Sprintf("pass %s to read what %s to hold, and --lenient to leave %s out",
			advice, seem, quotedNames(rest))
	}
	return "pass " + advice + " to read what " + seem + " to hold"
}

// unknownNames returns the names of the unknown members as a set.
func (c choice) unknownNames() map[string]bool {
	set := make(map[string]bool, len(c.unknown))
	for _, name := range c.unknown {
		set[name] = true
	}
	return set
}

// Shortest text and longest title that are taken for some, in Han characters.
const (
	leastText = 16
	mostTitle = 60
)

// longest returns the member with the most Han characters, if they can be a text.
func longest(members []Member, among map[string]bool) (name string) {
	most := leastText - 1
	for _, m := range members {
		if n := hanCount(m.Value); n > most && among[m.Name] && m.Kind != Number &&
			(n > mostTitle || strings.ContainsAny(m.Value, "。！？") || markup.Is(m.Value)) {
			name, most = m.Name, n
		}
	}
	return name
}

// guess returns the field that a member seems to hold, by its value and its name.
func guess(m Member, text string) Field {
	value := strings.TrimSpace(m.Value)
	switch {
	case m.Kind == Other || value == "":
		return none
	case m.Name == text:
		return Text
	case address.MatchString(value):
		if picture.MatchString(value + " " + m.Name) {
			return none
		}
		return URL
	}
	if day, err := news.Day(value); err == nil && day != "" && (m.Kind == String || len(value) >= len("20240305")) {
		return Date
	}
	n := hanCount(value)
	whole := utf8.RuneCountInString(value)
	name := strings.ToLower(m.Name)
	switch {
	case strings.Contains(name, "type") || strings.Contains(name, "cat") || strings.Contains(name, "label"):
		if n > 0 && whole <= 8 {
			return PageName
		}
		return none
	case n == 0 || m.Kind == Number || strings.Contains(name, "tag") || strings.Contains(name, "word"):
		return none
	case strings.Contains(name, "tit") || strings.Contains(name, "题") || strings.Contains(name, "head"):
		return Title
	case strings.Contains(name, "auth") || strings.Contains(name, "writ") || strings.Contains(name, "者"):
		return Byline
	case news.Name(value) != "" && houseEnd.MatchString(value):
		return Source
	case n >= 4 && !strings.ContainsAny(value, "、,，;； ") && whole <= mostTitle && !strings.HasSuffix(value, "。"):
		return Title
	case n >= 2 && whole <= 24 && peopleSet.MatchString(value):
		return Byline
	case n >= 4 && whole <= mostTitle && !strings.HasSuffix(value, "。"):
		return Title
	}
	return none
}

var houseEnd = regexp.MustCompile(`^[\p{Han}A-Za-z0-9]{1,12}(?:报|報|社|网|網|周刊|杂志|电视台|客户端|在线)$`)

// hanCount counts the Han characters of a text, up to a few thousand.
func hanCount(text string) int {
	n := 0
	for i, r := range text {
		if i > 1<<14 {
			break
		}
		if textnorm.IsHan(r) {
			n++
		}
	}
	return n
}

// Advise returns how to read members without names that are known, "" if nothing can be told.
func (r Reader) Advise(members []Member) string { return r.advise(members) }
