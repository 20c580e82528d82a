package page

import (
	"context"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// shownRelated is how many articles each list has.
const shownRelated = 6

// relatedView is a list of articles related to another.
type relatedView struct {
	Heading string // 相似报道
	Links   []relatedLink
	More    string // 另有 12 篇, "" if all are listed

	Versions string // address of the versions of the story, "" for none
}

type relatedLink struct {
	Link  string
	Title string
	Meta  []richText
}

// relatedTo returns the articles related to one, and reports whether these are all. It leaves
// out what the engine fails to find: the article can be read without them.
func (s *Site) relatedTo(
	ctx context.Context, w *wording.Words, q param.Search, id string,
) (out []relatedView, complete bool) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	complete = true
	add := func(heading string, r search.Related, err error) {
		complete = complete && err == nil
		if err == nil && len(r.Hits) > 0 {
			out = append(out, newRelatedView(w, q, heading, r.Hits))
		}
	}
	nearDuplicates, err := s.engine.NearDuplicates(ctx, id)
	add(w.Article.NearDuplicates, nearDuplicates, err)
	if len(out) > 0 {
		out[0].Versions = param.Versions(id)
	}
	similar, err := s.engine.Similar(ctx, search.SimilarRequest{ID: id, Size: shownRelated})
	add(w.Article.Similar, similar, err)
	return out, complete
}

func newRelatedView(w *wording.Words, q param.Search, heading string, hits []search.Hit) relatedView {
	v := relatedView{Heading: heading}
	if more := len(hits) - shownRelated; more > 0 {
		v.More = w.MoreArticles(more)
		hits = hits[:shownRelated]
	}
	for _, h := range hits {
		title, _ := listHeading(w, h)
		v.Links = append(v.Links, relatedLink{
			Link: q.Article(h.Article.ID), Title: title,
			Meta: nonEmpty(sourceText(h.Article.Publication), uiText(h.Article.Date), sourceText(h.Article.Source)),
		})
	}
	return v
}
