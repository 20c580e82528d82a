package pdf

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"xunwen/internal/source/page"
)

// levels is what the pages read so far show about the headings of a document.
type levels struct {
	outline outline
	least   float64 // size of the headings that open articles; 0 before the first page
	ends    bool    // no pages follow
}

// run is the headings between two texts of a document.
type run struct {
	from, to int     // parts
	size     float64 // of the largest line without a number
	numbered bool    // all are
	evidence bool    // what follows is the beginning of an article, not of a section
	bare     bool    // no text follows: the next page begins with a headline, or the file ends
	over     bool    // a smaller heading without a number follows directly
}

// documentHeadings decides which headings of a document open articles. Those with
// a number are of sections. A document with one title that is larger than all
// others is one article, unless bylines, datelines or folios show that its
// headings are headlines.
func (b *builder) documentHeadings() {
	b.largeTexts()
	b.joinHeads()
	for i := range b.parts {
		if b.parts[i].Role == page.RoleTitle {
			b.levels.outline.note(joined(b.parts[i].lines))
		}
	}
	runs := b.runs()
	first := b.levels.least == 0
	b.levels.least = b.leastHeadline(runs)
	for i := range runs {
		b.documentHeading(&runs[i], first)
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
			if p := &b.parts[r.to]; !b.isNumbered(p) {
				r.over = r.over || !r.numbered && p.size < r.size && b.isDepartment(&b.parts[from])
				r.size, r.numbered = max(r.size, p.size), false
			}
			r.to++
		}
		r.bare = r.to == len(b.parts) && b.levels.ends || r.to < len(b.parts) && b.parts[r.to].Role == page.RoleTitle
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

func (b *builder) isNumbered(p *part) bool { return b.levels.outline.isNumbered(joined(p.lines)) }

// opensText reports whether an article begins at part i, after its headline: with
// a folio, a byline or a dateline.
func (b *builder) opensText(i int) bool {
	const reach = 3 // parts
	for k := i; k < min(i+reach, len(b.parts)); k++ {
		switch p := &b.parts[k]; {
		case p.folio, p.Role == page.RoleByline, p.Role == page.RoleSubtitle:
			return true
		case p.Role == page.RoleBody:
			return page.OpensArticle(joined(p.lines))
		}
	}
	return false
}

// sizeGroup is the headings of about one size, without those with a number.
type sizeGroup struct {
	largest, smallest float64
	runs              []*run
}

// sizeGroups returns the groups of the sizes of headlines, the largest first.
func (b *builder) sizeGroups(runs []run) []sizeGroup {
	var large []*run
	for i := range runs {
		if r := &runs[i]; !r.numbered && r.size >= 0.99*titleSize*b.sheet.body {
			large = append(large, r)
		}
	}
	slices.SortStableFunc(large, func(a, b *run) int { return cmp.Compare(b.size, a.size) })
	var groups []sizeGroup
	for _, r := range large {
		if n := len(groups); n > 0 && sameType(r.size, groups[n-1].largest) {
			groups[n-1].smallest = r.size
			groups[n-1].runs = append(groups[n-1].runs, r)
			continue
		}
		groups = append(groups, sizeGroup{r.size, r.size, []*run{r}})
	}
	return groups
}

// leastHeadline is the least size of the headings that open articles: those as large as
// the largest, and smaller ones if they are headlines or the larger ones are over them.
func (b *builder) leastHeadline(runs []run) float64 {
	groups := b.sizeGroups(runs)
	least := b.levels.least
	if least == 0 {
		least = firstSize(runs, groups)
	}
	for i := range groups {
		g := &groups[i]
		if g.smallest < 0.94*least && !g.areHeadlines() {
			return least
		}
		least = min(least, g.smallest)
		if g.areDepartments() && i+1 < len(groups) {
			least = min(least, groups[i+1].smallest)
		}
	}
	return least
}

// firstSize is the size of the title of a document: of its largest heading or, if none is
// large, of the first.
func firstSize(runs []run, groups []sizeGroup) float64 {
	if len(groups) > 0 {
		return groups[0].smallest
	}
	if len(runs) > 0 && runs[0].from == 0 && !runs[0].numbered {
		return runs[0].size
	}
	return farOff
}

// areHeadlines reports whether many headings of a size are followed by what opens an
// article.
func (g *sizeGroup) areHeadlines() bool {
	const share = 0.3
	with := 0
	for _, r := range g.runs {
		if r.evidence {
			with++
		}
	}
	return float64(with) >= share*float64(len(g.runs))
}

// areDepartments reports whether headings are the names of departments: several, each over
// a smaller heading.
func (g *sizeGroup) areDepartments() bool {
	return len(g.runs) > 1 && !slices.ContainsFunc(g.runs, func(r *run) bool { return !r.over })
}

// documentHeading gives the parts of a run their roles.
func (b *builder) documentHeading(r *run, first bool) {
	title := b.titleOf(r, first)
	if r.bare && (r.to-r.from == 1 || title < 0) && r.from > 0 && !b.hasCaption(r) {
		for i := r.from; i < r.to; i++ {
			p := &b.parts[i]
			p.Role, p.Reason = page.RoleBody, p.Reason+", a heading without a text"
		}
		return
	}
	for i := r.from; i < r.to; i++ {
		p := &b.parts[i]
		switch {
		case i == title:
		case r.bare && i > title:
			p.Role, p.Reason = page.RoleBody, "a text in large type"
		case title < 0, i > title && (b.isNumbered(p) || p.page != b.parts[title].page):
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

// hasCaption reports whether captions, in small type, are below the headings of a run.
func (b *builder) hasCaption(r *run) bool {
	lines := b.parts[r.to-1].lines
	head := &lines[len(lines)-1]
	below := float64(farOff)
	if r.to < len(b.parts) {
		below = b.parts[r.to].lines[0].base
	}
	return slices.ContainsFunc(b.sheet.captions, func(c leaf) bool {
		return c[0].base > head.base && c[0].base < below
	})
}

// titleOf returns the part of a run that is the headline of an article, -1 if none is. A
// document may begin with a chapter, whose heading is the title.
func (b *builder) titleOf(r *run, first bool) int {
	chapter := first && r.from == 0 && r.numbered
	title := -1
	for i := r.from; i < r.to; i++ {
		p := &b.parts[i]
		headline := chapter && i == r.from || !b.isNumbered(p) && p.size >= 0.99*b.levels.least
		if !headline {
			continue
		}
		if title < 0 || p.size > b.parts[title].size || i == title+1 && b.isDepartment(&b.parts[title]) {
			title = i
		}
	}
	return title
}

// isDepartment reports whether a heading over another may be the name of a department.
func (b *builder) isDepartment(p *part) bool {
	const longest = 6 // characters
	return utf8.RuneCountInString(joined(p.lines)) <= longest
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
