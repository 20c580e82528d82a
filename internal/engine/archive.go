package engine

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// Publications implements search.Engine.
func (e *Engine) Publications(ctx context.Context) (search.Publications, error) {
	v, err := e.index.columns.Values(Publication)
	if err != nil {
		return search.Publications{}, err
	}
	list := make([]search.Publication, len(v.Names))
	first, last := make([]int32, len(v.Names)), make([]int32, len(v.Names))
	for i, name := range v.Names {
		list[i].Value, first[i], last[i] = name, NoDay, NoDay
	}
	for a, day := range e.index.columns.Day {
		of := v.Of[a]
		list[of].Count++
		if day == NoDay {
			continue
		}
		if first[of] == NoDay || day < first[of] {
			first[of] = day
		}
		last[of] = max(last[of], day)
	}
	for i := range list {
		list[i].From, list[i].To = date(first[i]), date(last[i])
	}
	list = slices.DeleteFunc(list, func(p search.Publication) bool { return p.Count == 0 })
	slices.SortStableFunc(list, func(a, b search.Publication) int { return cmp.Compare(b.Count, a.Count) })
	return search.Publications{Generation: e.name, List: list}, ctx.Err()
}

// Issues implements search.Engine.
func (e *Engine) Issues(ctx context.Context, publication string) (search.Issues, error) {
	articles, err := e.ofPublication(publication)
	if err != nil {
		return search.Issues{}, err
	}
	counts := map[int32]int{}
	for a := range articles {
		counts[e.index.columns.Day[a]]++
	}
	delete(counts, NoDay)
	out := search.Issues{Generation: e.name, List: make([]search.IssueDate, 0, len(counts))}
	for day, n := range counts {
		out.List = append(out.List, search.IssueDate{Date: date(day), Count: n})
	}
	slices.SortFunc(out.List, func(a, b search.IssueDate) int { return strings.Compare(a.Date, b.Date) })
	return out, ctx.Err()
}

// ofPublication yields the articles of a publication in the order of their numbers.
func (e *Engine) ofPublication(name string) (iter.Seq[uint32], error) {
	v, err := e.index.columns.Values(Publication)
	if err != nil {
		return nil, err
	}
	return func(yield func(uint32) bool) {
		at, ok := v.number(name)
		if !ok {
			return
		}
		for a, of := range v.Of {
			if of == at && !yield(uint32(a)) {
				return
			}
		}
	}, nil
}

// Issue implements search.Engine.
func (e *Engine) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	out := search.Issue{Generation: e.name, Pages: []search.IssuePage{}}
	day := Day(r.Date)
	previous, next := int32(NoDay), int32(NoDay)
	articles, err := e.ofPublication(r.Publication)
	if err != nil {
		return search.Issue{}, err
	}
	var printed []uint32
	for a := range articles {
		d := e.index.columns.Day[a]
		switch {
		case d == NoDay:
		case d < day:
			previous = max(previous, d)
		case d > day && (next == NoDay || d < next):
			next = d
		case d == day:
			printed = append(printed, a)
		}
	}
	slices.SortFunc(printed, e.index.columns.bySequence)
	outline := e.index.outline()
	for _, a := range printed {
		if err := ctx.Err(); err != nil {
			return search.Issue{}, err
		}
		article, err := outline.Open(int(a))
		var opening string
		if err == nil {
			opening, err = outline.opening(&article)
		}
		if err != nil {
			return search.Issue{}, fmt.Errorf("reading article %d of %s: %w", a, e.name, err)
		}
		out.Pages = addToPage(out.Pages, &article, cmp.Or(opening, article.DisplayTitle()))
	}
	SortPages(out.Pages)
	out.Previous, out.Next = date(previous), date(next)
	return out, nil
}

// SortPages puts the pages of an issue in order.
func SortPages(pages []search.IssuePage) {
	slices.SortStableFunc(pages, func(a, b search.IssuePage) int { return comparePages(a.Page, b.Page) })
}

// AddToPage adds an article to its page. A page is named as in the first of its articles that has a
// name for it.
func AddToPage(pages []search.IssuePage, a *news.Article) []search.IssuePage {
	return addToPage(pages, a, a.DisplayTitle())
}

func addToPage(pages []search.IssuePage, a *news.Article, title string) []search.IssuePage {
	i := slices.IndexFunc(pages, func(p search.IssuePage) bool { return p.Page == a.Page })
	if i < 0 {
		i = len(pages)
		pages = append(pages, search.IssuePage{Page: a.Page})
	}
	p := &pages[i]
	p.Name = cmp.Or(p.Name, a.PageName)
	p.Articles = append(p.Articles, search.IssueArticle{ID: a.ID, Title: title})
	return pages
}

// comparePages orders page numbers: by the letters before the number, by the
// number, by what follows; a page without a number comes last.
func comparePages(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(len(b), len(a)) // one of them is empty
	}
	lettersA, numberA, restA := splitPage(a)
	lettersB, numberB, restB := splitPage(b)
	return cmp.Or(strings.Compare(lettersA, lettersB), cmp.Compare(numberA, numberB), strings.Compare(restA, restB))
}

// splitPage splits A03b into A, 3 and b.
func splitPage(page string) (letters string, number int, rest string) {
	from := strings.IndexAny(page, digits)
	if from < 0 {
		return page, 0, ""
	}
	rest = strings.TrimLeft(page[from:], digits)
	number, err := strconv.Atoi(page[from : len(page)-len(rest)])
	if err != nil { // more digits than any newspaper has pages
		return page, 0, ""
	}
	return page[:from], number, rest
}

const digits = "0123456789"
