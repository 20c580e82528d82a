package story

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// Bounds of a story.
const (
	// MaxVersions is the most versions that are listed: the earliest ones.
	MaxVersions = 200
	// maxCompared is the most versions that are compared with the first one.
	maxCompared = 60
	// maxWork bounds the work of comparing them (see work), about a second.
	maxWork = 250_000_000
	// textBytes is how much of an article is read: more than MaxTokens.
	textBytes = 48 << 10
)

// Story is an article with its near-duplicates.
type Story struct {
	Generation string
	Versions   []Version // by day, then by newspaper and page; those without a day come last
	Total      int       // of versions, also those that are not listed
	LeftOut    int       // of those listed, how many were not compared
}

// Version is an article that printed the story.
type Version struct {
	Article news.Article // without paragraphs
	Opening string       // the beginning of an article without any title
	First   bool         // no other version has an earlier day
	Days    int          // after the first one's day, -1 where a day is unknown

	// Since says what became of the first of Story.Versions; nil where they were not compared.
	Since *Counts
}

// Newspapers counts the newspapers of the versions that are listed.
func (s *Story) Newspapers() int {
	names := map[string]bool{}
	for _, v := range s.Versions {
		names[v.Article.Publication] = true
	}
	return len(names)
}

// Find returns the story that an article tells.
// Errors: those of search.Engine.Article.
func Find(ctx context.Context, e search.Engine, id string) (Story, error) {
	own, err := read(ctx, e, id)
	if err != nil {
		return Story{}, err
	}
	others, err := e.NearDuplicates(ctx, id)
	if err != nil {
		return Story{}, err
	}
	s := Story{Generation: others.Generation, Total: 1 + len(others.Hits)}
	opening := ""
	if title, _, _ := own.Article.Headings(); title == "" && len(own.Article.Paragraphs) > 0 {
		opening, _ = news.Opening(own.Article.Paragraphs[0].Text)
	}
	s.Versions = append(s.Versions, Version{Article: withoutText(own.Article), Opening: opening})
	for _, h := range others.Hits {
		s.Versions = append(s.Versions, Version{Article: h.Article, Opening: h.Opening})
	}
	s.sort(id)
	return s, s.compare(ctx, e)
}

// sort puts the versions in order, of many the earliest and the one with an id, and says how long
// after the first each was printed.
func (s *Story) sort(id string) {
	slices.SortFunc(s.Versions, func(a, b Version) int { return Order(&a.Article, &b.Article) })
	if len(s.Versions) > MaxVersions {
		own := slices.IndexFunc(s.Versions, func(v Version) bool { return v.Article.ID == id })
		s.Versions[MaxVersions-1] = s.Versions[max(own, MaxVersions-1)]
		s.Versions = s.Versions[:MaxVersions]
	}
	first := s.Versions[0].Article.Date
	for i := range s.Versions {
		v := &s.Versions[i]
		v.Days = daysBetween(first, v.Article.Date)
		v.First = v.Days == 0
	}
}

// Order compares two versions by when they were printed, as far as that is known: by day, then by
// newspaper, page and id.
func Order(a, b *news.Article) int {
	undated := func(a *news.Article) int {
		if a.Date == "" {
			return 1
		}
		return 0
	}
	number := func(a *news.Article) (n int) {
		for _, r := range a.Page {
			if '0' <= r && r <= '9' && n < 1000 {
				n = n*10 + int(r-'0')
			}
		}
		return n
	}
	return cmp.Or(
		cmp.Compare(undated(a), undated(b)),
		cmp.Compare(a.Date, b.Date),
		cmp.Compare(a.Publication, b.Publication),
		cmp.Compare(number(a), number(b)),
		cmp.Compare(a.Page, b.Page),
		cmp.Compare(a.ID, b.ID),
	)
}

// daysBetween returns how many days one is after another, -1 if one is unknown.
func daysBetween(from, to string) int {
	a, errA := time.Parse(news.DateLayout, from)
	b, errB := time.Parse(news.DateLayout, to)
	if errA != nil || errB != nil {
		return -1
	}
	const day = 24 * time.Hour
	return int(b.Sub(a) / day)
}

// compare compares the versions with the first one, as far as bounds allow.
func (s *Story) compare(ctx context.Context, e search.Engine) error {
	first, err := read(ctx, e, s.Versions[0].Article.ID)
	if err != nil {
		return err
	}
	t := newTokens()
	base, wholeBase := beginning(t.paragraphs(first.Article.Paragraphs), MaxTokens)
	s.Versions[0].Since = &Counts{Kept: characters(base), Complete: wholeBase && first.complete()}
	left := maxWork
	for i := 1; i < len(s.Versions); i++ {
		v := &s.Versions[i]
		if i >= maxCompared || left <= 0 {
			s.LeftOut++
			continue
		}
		other, err := read(ctx, e, v.Article.ID)
		if errors.Is(err, search.ErrNotFound) { // another generation was published meanwhile
			s.LeftOut++
			continue
		} else if err != nil {
			return err
		}
		text, whole := beginning(t.paragraphs(other.Article.Paragraphs), MaxTokens)
		edits := compare(base, text)
		left -= work(base, text, edits)
		c := counts(edits)
		c.Complete = whole && other.complete() && s.Versions[0].Since.Complete
		v.Since = &c
	}
	return nil
}

// Between reads two articles and compares them. The one that Order says was printed first comes
// first.
func Between(ctx context.Context, e search.Engine, id, other string) (
	first, next news.Article, d Difference, err error,
) {
	a, err := read(ctx, e, id)
	if err != nil {
		return first, next, d, err
	}
	b, err := read(ctx, e, other)
	if err != nil {
		return first, next, d, err
	}
	if Order(&a.Article, &b.Article) > 0 {
		a, b = b, a
	}
	d = Compare(&a.Article, &b.Article, a.complete() && b.complete())
	return withoutText(a.Article), withoutText(b.Article), d, nil
}

// part is an article with the beginning of its text, which is all of it for nearly all.
type part struct{ search.MarkedArticle }

func (p part) complete() bool { return p.Next == (search.Position{}) }

func read(ctx context.Context, e search.Engine, id string) (part, error) {
	m, err := e.Article(ctx, search.ArticleRequest{ID: id, Bytes: textBytes})
	return part{m}, err
}

func withoutText(a news.Article) news.Article {
	a.Paragraphs = nil
	return a
}
