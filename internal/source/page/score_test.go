package page

import (
	"fmt"
	"strings"

	"xunwen/internal/news"
)

// truth is what a perfect reader makes of a page.
type truth struct {
	File     string         `json:"file"`
	Articles []news.Article `json:"articles"`
	Captions []string       `json:"captions"` // in addition to those in articles
}

// tally counts what the figures are computed from, over any number of pages.
type tally struct {
	articles, gotArticles, titles              int
	subtitles, wantSubtitles                   int
	sources, wantSources, gotSources           int
	assigned, sections                         int
	paragraphs, wantParagraphs, gotParagraphs  int
	captions, wantCaptions, gotCaptions        int
	kickers, wantKickers, bylines, wantBylines int
}

// figures are shares between 0 and 1. White space is ignored; otherwise texts
// are compared exactly. Assignment and section are the shares of the true
// paragraphs that are under their headline and section heading.
type figures struct {
	paragraphF1, title, titleF1, assignment, section, source, sourceP, subtitle, kicker, byline, caption float64
}

// add compares what was read of a page with the truth.
func (n *tally) add(want truth, got []news.Article) {
	g := gather(got)
	n.gotArticles += len(got)
	for i := range got {
		if got[i].Source != "" {
			n.gotSources++
		}
	}
	body, captions := map[string]int{}, map[string]int{}
	for _, c := range want.Captions {
		captions[squash(c)]++
	}
	for i := range want.Articles {
		a := &want.Articles[i]
		heads := map[string]bool{squash(a.Title): true, squash(a.Title + a.Subtitle): true}
		n.article(a, g.titled(heads))
		for _, p := range a.Paragraphs {
			x := squash(p.Text)
			if p.Kind == news.Caption {
				captions[x]++
				continue
			}
			body[x]++
			n.paragraph(g.where[x], heads, squash(p.Section))
		}
	}
	count := func(want, got map[string]int, hit, all, given *int) {
		for x, k := range want {
			*hit += min(k, got[x])
			*all += k
		}
		for _, k := range got {
			*given += k
		}
	}
	count(body, g.body, &n.paragraphs, &n.wantParagraphs, &n.gotParagraphs)
	count(captions, g.captions, &n.captions, &n.wantCaptions, &n.gotCaptions)
}

func (n *tally) article(a *news.Article, hits []*news.Article) {
	n.articles++
	any := func(same func(*news.Article) bool) int {
		for _, h := range hits {
			if same(h) {
				return 1
			}
		}
		return 0
	}
	n.titles += any(func(*news.Article) bool { return true })
	if a.Subtitle != "" {
		n.wantSubtitles++
		n.subtitles += any(func(h *news.Article) bool {
			return squash(h.Title) == squash(a.Title) && squash(h.Subtitle) == squash(a.Subtitle)
		})
	}
	if a.Kicker != "" {
		n.wantKickers++
		n.kickers += any(func(h *news.Article) bool { return squash(h.Kicker) == squash(a.Kicker) })
	}
	if a.Source != "" {
		n.wantSources++
		n.sources += any(func(h *news.Article) bool { return squash(h.Source) == squash(a.Source) })
	}
	if a.Byline != "" {
		n.wantBylines++
		n.bylines += any(func(h *news.Article) bool { return squash(h.Byline) == squash(a.Byline) })
	}
}

func (n *tally) paragraph(found []place, heads map[string]bool, section string) {
	assigned, sections := 0, 0
	for _, p := range found {
		for _, h := range p.heads {
			if heads[h] {
				assigned = 1
			}
		}
		if p.section == section {
			sections = 1
		}
	}
	n.assigned, n.sections = n.assigned+assigned, n.sections+sections
}

func (n *tally) figures() figures {
	share := func(a, b int) float64 {
		if b == 0 {
			return 1
		}
		return float64(a) / float64(b)
	}
	f1 := func(hit, a, b int) float64 { return share(2*hit, a+b) }
	return figures{
		paragraphF1: f1(n.paragraphs, n.wantParagraphs, n.gotParagraphs), title: share(n.titles, n.articles),
		titleF1: f1(n.titles, n.articles, n.gotArticles), assignment: share(n.assigned, n.wantParagraphs),
		section: share(
			n.sections,
			n.wantParagraphs,
		), source: share(n.sources, n.wantSources), sourceP: share(n.sources, n.gotSources),
		subtitle: share(
			n.subtitles,
			n.wantSubtitles,
		), kicker: share(n.kickers, n.wantKickers), byline: share(n.bylines, n.wantBylines),
		caption: f1(n.captions, n.wantCaptions, n.gotCaptions),
	}
}

func (f figures) String() string {
	return fmt.Sprintf(
		"paragraph F1 %.3f title %.3f title F1 %.3f assignment %.3f section %.3f source %.3f source P %.3f "+
			"subtitle %.3f kicker %.3f byline %.3f caption %.3f",
		f.paragraphF1,
		f.title,
		f.titleF1,
		f.assignment,
		f.section,
		f.source,
		f.sourceP,
		f.subtitle,
		f.kicker,
		f.byline,
		f.caption,
	)
}

// gathered is what was read, by its texts.
type gathered struct {
	titles         map[string][]*news.Article
	where          map[string][]place
	body, captions map[string]int
}

type place struct {
	heads   []string // what the article's headline may be called
	section string
}

func gather(got []news.Article) gathered {
	g := gathered{map[string][]*news.Article{}, map[string][]place{}, map[string]int{}, map[string]int{}}
	for i := range got {
		a := &got[i]
		heads := []string{squash(a.Title), squash(a.Title + a.Subtitle), squash(a.Kicker + a.Title + a.Subtitle)}
		for _, h := range heads {
			g.titles[h] = append(g.titles[h], a)
		}
		for _, p := range a.Paragraphs {
			x := squash(p.Text)
			if p.Kind == news.Caption {
				g.captions[x]++
				continue
			}
			g.body[x]++
			g.where[x] = append(g.where[x], place{heads, squash(p.Section)})
		}
	}
	return g
}

func (g *gathered) titled(heads map[string]bool) []*news.Article {
	var out []*news.Article
	for h := range heads {
		out = append(out, g.titles[h]...)
	}
	return out
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }
