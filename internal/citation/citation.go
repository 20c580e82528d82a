package citation

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Reference is what is cited of an article: texts in one line, "" for what is unknown.
type Reference struct {
	ID          string
	Authors     []string
	Title       string
	Publication string
	Date        string // YYYY-MM-DD
	Page        string
	PageName    string
	Address     string
	Read        time.Time // the day on which the article was read at the address
}

// New returns the reference to an article that was read at an address on a day.
func New(a news.Article, address string, day time.Time) Reference {
	return Reference{
		ID:          a.ID,
		Authors:     Authors(oneLine(a.Byline)),
		Title:       oneLine(a.DisplayTitle()),
		Publication: oneLine(a.Publication),
		Date:        a.Date,
		Page:        oneLine(a.Page),
		PageName:    oneLine(a.PageName),
		Address:     oneLine(address),
		Read:        day,
	}
}

// oneLine returns a text in one line of valid UTF-8, without control characters.
func oneLine(s string) string {
	return strings.Join(strings.Fields(news.StripControl(strings.ToValidUTF8(s, "\uFFFD"))), " ")
}

// day returns the parts of the date, 0 if it is unknown.
func (r Reference) day() (year, month, day int) {
	d, err := time.Parse(news.DateLayout, r.Date)
	if err != nil {
		return 0, 0, 0
	}
	return d.Year(), int(d.Month()), d.Day()
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
