package citation

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
)

// GBT7714 are references to an article by GB/T 7714-2015 (sections 4.4 and 8: parts of
// serials, in print and online).
type GBT7714 struct {
	Print  string
	Online string
}

// NewGBT7714 cites an article that was read at an address on a day.
func NewGBT7714(a news.Article, address string, day time.Time) GBT7714 {
	authors, title, issue := citedAuthors(a.Byline), a.DisplayTitle(), citedIssue(a)
	read := day.Format(news.DateLayout)
	return GBT7714{
		Print:  authors + title + "[N]. " + issue + ".",
		Online: authors + title + "[N/OL]. " + issue + "[" + read + "]. " + address + ".",
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// citedIssue names the newspaper, date and page: 报纸名, 2022-01-12(5). It leaves
// out what is unknown.
func citedIssue(a news.Article) string {
	day := a.Date
	if a.Page != "" {
		day += "(" + a.Page + ")"
	}
	paper := oneLine(a.Publication)
	if paper == "" || day == "" {
		return paper + day
	}
	return paper + ", " + day
}

// maxAuthors is how many authors the standard names before 等.
const maxAuthors = 3

func citedAuthors(byline string) string {
	names := Authors(byline)
	if len(names) == 0 {
		return ""
	}
	more := ""
	if len(names) > maxAuthors {
		names, more = names[:maxAuthors], ", 等"
	}
	return strings.Join(names, ", ") + more + ". "
}

// roles precede names in bylines and are not part of them. A role comes before
// those that it contains.
var roles = []string{
	"本报特约记者", "本报见习记者", "本报通讯员", "本报记者",
	"特约记者", "见习记者", "实习记者", "实习生", "通讯员", "评论员", "记者", "读者", "作者",
}

// Authors returns the names in a byline. Newspapers often print a name of two
// characters with a space between them, to the width of three.
func Authors(byline string) []string {
	parts := strings.FieldsFunc(byline, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("、，,；;/／", r)
	})
	var names []string
	spread := "" // a single character that may be half a name
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

// withoutRole removes a role from the beginning of a name, with the employer before
// it, as in 新华社记者.
func withoutRole(name string) string {
	for _, role := range roles {
		employer, after, ok := strings.Cut(name, role)
		if !ok {
			continue
		}
		endsEmployer := func(ending string) bool { return strings.HasSuffix(employer, ending) }
		if employer == "" || slices.ContainsFunc(employerEndings, endsEmployer) {
			return after
		}
	}
	return name
}

var employerEndings = []string{"社", "报", "网"}

func isOneHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.Is(unicode.Han, r)
}
