package page

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
)

// citations are ways to cite an article, by GB/T 7714-2015 (sections 4.4 and 8:
// parts of serials, and those that are online).
type citations struct {
	Print  string
	Online string
}

// newCitations cites an article that is read at an address on a day.
func newCitations(a news.Article, address string, day time.Time) citations {
	authors, title := citedAuthors(a.Byline), a.DisplayTitle()
	return citations{
		Print:  authors + title + "[N]. " + citedIssue(a) + ".",
		Online: authors + title + "[N/OL]. " + citedIssue(a) + "[" + day.Format(news.DateLayout) + "]. " + address + ".",
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// citedIssue is where it stood: 报纸名, 2022-01-12(5). What isn't known is left
// out.
func citedIssue(a news.Article) string {
	day := a.Date
	if a.Page != "" {
		day += "(" + a.Page + ")"
	}
	return strings.Join(nonBlank(oneLine(a.Publication), day), ", ")
}

// mostAuthors is how many the standard names before 等.
const mostAuthors = 3

func citedAuthors(byline string) string {
	names := authors(byline)
	if len(names) == 0 {
		return ""
	}
	more := ""
	if len(names) > mostAuthors {
		names, more = names[:mostAuthors], ", 等"
	}
	return strings.Join(names, ", ") + more + ". "
}

// roles stand before the names in a byline and are no part of them, the longer
// before what they begin with.
var roles = []string{"本报特约记者", "本报见习记者", "本报通讯员", "本报记者", "特约记者", "见习记者", "实习记者", "实习生", "通讯员", "评论员", "记者", "读者", "作者"}

// authors are the names in a byline. In print a name of two characters is often
// spread with a space to the width of three.
func authors(byline string) []string {
	parts := strings.FieldsFunc(byline, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("、，,；;/／", r)
	})
	var names []string
	spread := "" // a single character that waits for its other half
	for _, part := range parts {
		if i := strings.LastIndexAny(part, "：:"); i >= 0 { // 记者：张三
			_, size := utf8.DecodeRuneInString(part[i:])
			part = part[i+size:]
		}
		part = withoutRole(part)
		switch {
		case part == "":
		case isOneHan(part) && spread == "":
			spread = part
		case isOneHan(part):
			names, spread = append(names, spread+part), ""
		default:
			if spread != "" {
				names, spread = append(names, spread), ""
			}
			names = append(names, part)
		}
	}
	if spread != "" {
		names = append(names, spread)
	}
	return slices.Compact(names)
}

// withoutRole takes what a name's owner is off its front. 新华社记者 goes as a
// whole.
func withoutRole(name string) string {
	for _, role := range roles {
		if before, after, ok := strings.Cut(name, role); ok && (before == "" || strings.HasSuffix(before, "社") || strings.HasSuffix(before, "报") || strings.HasSuffix(before, "网")) {
			return after
		}
	}
	return name
}

func isOneHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.Is(unicode.Han, r)
}
