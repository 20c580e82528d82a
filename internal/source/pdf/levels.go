package pdf

import (
	"regexp"
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// numberedHeading matches a heading with its number: 第三章, 一、, （一）, 1.2, 1.
var numberedHeading = regexp.MustCompile(`^(?:第[一二三四五六七八九十百零〇\d]{1,4}(?:章|节|節|部分|编|編|篇|条|條)|` +
	`[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|` +
	`\d{1,2}(?:[.．]\d{1,2}){1,3}(?:[^\d.．]|$)|\d{1,2}(?:[、．]|\.\D))`)

// run is the headings between two texts of a document.
type run struct {
	from, to int     // parts
	size     float64 // of the largest line without a number
	numbered bool    // all are
	evidence bool    // what follows is the beginning of an article, not of a section
	bare     bool    // no text follows: the next page begins with a headline, or the file ends
}

// documentHeadings decides which headings of a document open articles. Those with
// a number are of sections. A document with one title that is larger than all
// others is one article, unless bylines, datelines or folios show that its
// headings are headlines.
func (b *builder) documentHeadings() {
	b.largeTexts()
	b.joinHeads()
	runs := b.runs()
	least := b.leastHeadline(runs)
	for i := range runs {
		b.documentHeading(&runs[i], least)
	}
	b.joinSections()
	b.plainHeadings()
}

// largeTexts finds texts in type a bit larger than that of the body: verses, an
// introduction.
func (b *builder) largeTexts() {
	const (
		fewest = 4   // lines
		most   = 1.3 // times the body size, less than headlines
	)
	for i := range b.parts {
		p := &b.parts[i]
		if p.Role != page.RoleTitle || p.size >= most*b.sheet.body {
			continue
		}
		if len(p.lines) >= fewest || page.EndsSentence(joined(p.lines)) {
			p.Role, p.Reason = page.RoleBody, "a text in large type"
		}
	}
}

func (b *builder) runs() []run {
	var out []run
	for from := 0; from < len(b.parts); {
		if b.parts[from].Role != page.RoleTitle {
			from++
			continue
		}
		r := run{from: from, to: from, numbered: true} // at least one part
		for r.to < len(b.parts) && b.parts[r.to].Role == page.RoleTitle && !b.newPage(from, r.to) {
			if p := &b.parts[r.to]; !isNumbered(p) {
				r.size, r.numbered = max(r.size, p.size), false
			}
			r.to++
		}
		r.bare = r.to == len(b.parts) || b.parts[r.to].Role == page.RoleTitle
		r.evidence = b.opensText(r.to)
		out = append(out, r)
		from = r.to
	}
	return out
}

// newPage reports whether heading i begins another article than heading from,
// because it is larger and on the next page. The first page may be a cover.
func (b *builder) newPage(from, i int) bool {
	return from > 0 && i > from && b.parts[i].page != b.parts[i-1].page && b.parts[i].size > b.parts[i-1].size
}

func isNumbered(p *part) bool { return numberedHeading.MatchString(strings.TrimSpace(joined(p.lines))) }

// opensText reports whether an article begins at part i, after its headline: with
// a folio, a byline or a dateline.
func (b *builder) opensText(i int) bool {
	const reach = 3 // parts
	for k := i; k < min(i+reach, len(b.parts)); k++ {
		switch p := &b.parts[k]; {
		case p.folio, p.Role == page.RoleByline:
			return true
		case p.Role == page.RoleBody:
			return page.OpensArticle(joined(p.lines))
		}
	}
	return false
}

// leastHeadline is the least size of the headings that open articles.
func (b *builder) leastHeadline(runs []run) float64 {
	var sizes []float64
	for i := range runs {
		if r := &runs[i]; !r.numbered && r.size >= 0.99*titleSize*b.sheet.body {
			sizes = append(sizes, r.size)
		}
	}
	if len(sizes) == 0 { // the first heading is the title, if it is one
		for i := range runs {
			if r := &runs[i]; !r.numbered && r.from == 0 {
				return r.size
			}
		}
		return farOff
	}
	slices.Sort(sizes)
	slices.Reverse(sizes)
	least := sizes[0]
	for from := 0; from < len(sizes); {
		to := from + 1
		for to < len(sizes) && sameType(sizes[to], sizes[from]) {
			to++
		}
		if !b.areHeadlines(runs, sizes[from], sizes[to-1]) && (from > 0 || to-from == 1) {
			if from > 0 {
				break
			}
			from = to
			continue
		}
		least = sizes[to-1]
		from = to
	}
	return least
}

// areHeadlines reports whether many headings of a size are followed by what opens
// an article.
func (b *builder) areHeadlines(runs []run, largest, smallest float64) bool {
	const share = 0.3
	all, with := 0, 0
	for i := range runs {
		if r := &runs[i]; !r.numbered && r.size <= largest && r.size >= smallest {
			all++
			if r.evidence {
				with++
			}
		}
	}
	return float64(with) >= share*float64(all)
}

// documentHeading gives the parts of a run their roles.
func (b *builder) documentHeading(r *run, least float64) {
	first := r.from == 0 && r.numbered // a chapter by itself: its heading is the title
	title := -1
	for i := r.from; i < r.to; i++ {
		p := &b.parts[i]
		headline := first && i == r.from || !isNumbered(p) && p.size >= 0.99*least
		if headline && (title < 0 || p.size > b.parts[title].size) {
			title = i
		}
	}
	for i := r.from; i < r.to; i++ {
		p := &b.parts[i]
		switch {
		case i == title:
		case r.bare && i > title:
			p.Role, p.Reason = page.RoleBody, "a text in large type"
		case title < 0, i > title && isNumbered(p):
			p.Role, p.Reason = page.RoleSection, p.Reason+", below the headlines of the document"
		case i < title:
			p.Role = page.RoleKicker
		default:
			p.Role = page.RoleSubtitle
		}
	}
	if title >= 0 {
		b.parts[r.from].OpensArticle = true
	}
}

// joinSections makes one section heading of those of several levels.
func (b *builder) joinSections() {
	kept := b.parts[:0]
	for _, p := range b.parts {
		if n := len(kept); n > 0 && p.Role == page.RoleSection && kept[n-1].Role == page.RoleSection &&
			p.page == kept[n-1].page {
			last := &kept[n-1]
			last.Lines[len(last.Lines)-1] += " "
			last.Lines = append(last.Lines, p.Lines...)
			last.lines = slices.Concat(last.lines, p.lines)
			continue
		}
		kept = append(kept, p)
	}
	b.parts = kept
}
