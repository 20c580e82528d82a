package citation

import (
	"strings"

	"xunwen/internal/news"
)

// GB/T 7714-2015, sections 4.4 and 8: parts of serials, in print and online.

// GBT7714 returns the reference as online, or as printed if there is no address.
func (r Reference) GBT7714() string {
	if r.Address == "" {
		return r.GBT7714Print()
	}
	return r.cited("[N/OL]") + "[" + r.Read.Format(news.DateLayout) + "]. " + r.Address + "."
}

// GBT7714Print returns the reference to the printed article.
func (r Reference) GBT7714Print() string { return r.cited("[N]") + "." }

func (r Reference) cited(medium string) string {
	cited := r.citedAuthors() + r.Title + medium
	if issue := r.citedIssue(); issue != "" {
		cited += ". " + issue
	}
	return cited
}

// citedIssue names the newspaper, date and page: 报纸名, 2022-01-12(5). It leaves
// out what is unknown.
func (r Reference) citedIssue() string {
	day := r.Date
	if r.Page != "" {
		day += "(" + r.Page + ")"
	}
	if r.Publication == "" || day == "" {
		return r.Publication + day
	}
	return r.Publication + ", " + day
}

// maxAuthors is how many authors the standard names before 等.
const maxAuthors = 3

func (r Reference) citedAuthors() string {
	names, more := r.Authors, ""
	if len(names) == 0 {
		return ""
	}
	if len(names) > maxAuthors {
		names, more = names[:maxAuthors], ", 等"
	}
	return strings.Join(names, ", ") + more + ". "
}
