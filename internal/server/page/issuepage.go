package page

import (
	"context"
	"net/url"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// issueView is an issue, or one page of it.
type issueView struct {
	count          int      // of the articles
	More           string   // of them, 另有 12 篇, "" if all are listed
	Pages          []choice // all pages of the issue
	Shown          []pageView
	Previous, Next []choice // the page and the issue before and after
}

type pageView struct {
	Words    richText // 第5版 国际
	Articles []choice
}

func (s *Site) browseIssue(ctx context.Context, w *wording.Words, at location) (browsePage, error) {
	found, err := s.engine.Issue(ctx, search.IssueRequest{Publication: at.publication, Date: at.date})
	v := newIssueView(w, at, found)
	page := browsePage{
		Breadcrumb: at.breadcrumb(w),
		Issue:      v,
		Heading:    join(" ", at.name(w), uiText(longDate(w, at.date))),
		Search:     at.search(),
		Count:      w.Total(v.count),
	}
	if at.page != "" && len(v.Shown) > 0 { // the heading names the page
		page.Heading, v.Shown[0].Words = join(" ", page.Heading, v.Shown[0].Words), nil
	}
	if len(v.Shown) == 0 {
		page.Search = ""
		page.Empty = w.Browse.NoIssue
		if len(found.Pages) > 0 {
			page.Empty = w.Browse.NoSuchPage
		}
	}
	return page, err
}

func newIssueView(w *wording.Words, at location, issue search.Issue) *issueView {
	v := &issueView{}
	whole := location{publication: at.publication, date: at.date}
	if len(issue.Pages) > 0 {
		v.Pages = append(v.Pages, choice{uiText(w.Browse.WholeIssue), whole.link(), at.page == ""})
	}
	shown := -1
	for i, p := range issue.Pages {
		link := location{at.publication, at.date, p.Page}.link()
		words := pageWords(w, p.Page, p.Name)
		if p.Page == "" {
			words = uiText(w.Browse.Unnumbered)
		} else if i < maxListed {
			v.Pages = append(v.Pages, choice{words, link, p.Page == at.page})
		}
		if at.page != "" && p.Page != at.page {
			continue
		}
		if v.count >= maxListed {
			v.count += len(p.Articles)
			continue
		}
		shown = i
		view := pageView{Words: words}
		for _, a := range p.Articles[:min(len(p.Articles), max(0, maxListed-v.count))] {
			link := param.ArticlesPath + url.PathEscape(a.ID)
			view.Articles = append(view.Articles, choice{Label: titleOrPlaceholder(w, a.Title), Link: link})
		}
		v.count += len(p.Articles)
		v.Shown = append(v.Shown, view)
	}
	if more := v.count - maxListed; more > 0 {
		v.More = w.MoreArticles(more)
	}
	linkPage := func(to *[]choice, i int, words string) {
		if at.page != "" && shown >= 0 && i >= 0 && i < len(issue.Pages) && issue.Pages[i].Page != "" {
			page := location{at.publication, at.date, issue.Pages[i].Page}
			*to = append(*to, choice{Label: uiText(words), Link: page.link()})
		}
	}
	linkIssue := func(to *[]choice, date string, words string) {
		if date != "" {
			issue := location{publication: at.publication, date: date}
			*to = append(*to, choice{Label: uiText(words), Link: issue.link()})
		}
	}
	linkPage(&v.Previous, shown-1, w.Browse.PreviousPage)
	linkPage(&v.Next, shown+1, w.Browse.NextPage)
	linkIssue(&v.Previous, issue.Previous, w.PreviousIssue(issue.Previous))
	linkIssue(&v.Next, issue.Next, w.NextIssue(issue.Next))
	return v
}

func titleOrPlaceholder(w *wording.Words, title string) richText {
	if title == "" {
		return uiText(w.Site.Untitled)
	}
	return sourceText(title)
}
