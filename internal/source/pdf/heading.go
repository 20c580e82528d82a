package pdf

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"unicode/utf8"

	"xunwen/internal/source/page"
)

// headings separates headlines from section headings, and splits headlines into
// kicker, title and subtitle. Parts in display type have the role of a title so
// far.
func (b *builder) headings() {
	b.joinHeads()
	for from := 0; from < len(b.parts); {
		if b.parts[from].Role != page.RoleTitle {
			from++
			continue
		}
		to := from
		largest := from
		for to < len(b.parts) && b.parts[to].Role == page.RoleTitle {
			if b.parts[to].size > b.parts[largest].size {
				largest = to
			}
			to++
		}
		b.heading(from, to, largest)
		from = to
	}
	b.plainHeadings()
}

// joinHeads joins lines of one heading that were separated by a cut.
func (b *builder) joinHeads() {
	kept := b.parts[:0]
	for _, p := range b.parts {
		if n := len(kept); n > 0 && p.Role == page.RoleTitle && kept[n-1].Role == page.RoleTitle &&
			sameType(p.size, kept[n-1].size) {
			last := &kept[n-1]
			last.Lines = append(last.Lines, p.Lines...)
			last.lines = slices.Concat(last.lines, p.lines)
			continue
		}
		kept = append(kept, p)
	}
	b.parts = kept
}

func sameType(a, b float64) bool { return math.Abs(a-b) < 0.06*b }

func (b *builder) heading(from, to, largest int) {
	if b.parts[largest].size < 0.99*b.title {
		for i := from; i < to; i++ {
			b.parts[i].Role = page.RoleSection
		}
		return
	}
	b.parts[from].OpensArticle = true
	for i := from; i < to; i++ {
		switch {
		case i < largest:
			b.parts[i].Role = page.RoleKicker
		case i > largest && b.parts[i].size < 0.99*b.title && i == to-1 && b.sectionSize(b.parts[i].size):
			b.parts[i].Role = page.RoleSection
		case i > largest:
			b.parts[i].Role = page.RoleSubtitle
		}
	}
}

// sectionSize reports whether headings of that size occur inside texts.
func (b *builder) sectionSize(size float64) bool {
	for i := 1; i+1 < len(b.parts); i++ {
		if b.parts[i+1].Role == page.RoleBody && b.parts[i].size == size && b.parts[i].Role == page.RoleTitle &&
			b.parts[i-1].Role == page.RoleBody &&
			size < 0.99*b.title {
			return true
		}
	}
	return false
}

// dayLine matches a day and nothing else.
var dayLine = regexp.MustCompile(`^[\d０-９〇○零一二三四五六七八九十]{2,4}\s*年[\s\d０-９〇○零一二三四五六七八九十年月日]*$`)

// plainHeadings finds section headings in body type: a short paragraph that
// doesn't end like one and is followed by text.
func (b *builder) plainHeadings() {
	const longest = 40 // characters
	for i := 0; i+1 < len(b.parts); i++ {
		p, next := &b.parts[i], &b.parts[i+1]
		if p.Role != page.RoleBody || p.Continues || len(p.Lines) > 2 || next.Role != page.RoleBody || next.Continues {
			continue
		}
		text := joined(p.lines)
		if dayLine.MatchString(text) || dayLine.MatchString(joined(next.lines)) { // who signs, and when
			continue
		}
		last := &p.lines[len(p.lines)-1]
		if b.levels != nil && isItem(&p.lines[0]) {
			continue
		}
		if endsWithMark(text) || page.EndsSentence(text) || utf8.RuneCountInString(text) > longest ||
			len(p.lines) == 1 && last.width() < 2*b.sheet.body {
			continue
		}
		if i > 0 && b.parts[i-1].Role == page.RoleBody && !page.EndsSentence(joined(b.parts[i-1].lines)) {
			continue
		}
		p.Role, p.Reason = page.RoleSection, "a line of its own that does not end a sentence"
	}
}

// bodyCaptions finds captions in the type of the body text.
func (b *builder) bodyCaptions() {
	for i := range b.parts {
		p := &b.parts[i]
		alone := i+1 == len(b.parts) || !b.parts[i+1].Continues
		if p.Role == page.RoleBody && !p.Continues && alone && page.IsCaption(joined(p.lines), len(p.lines)) {
			p.Role, p.Reason = page.RoleCaption, "reads like a caption"
		}
	}
}

// placeCaptions inserts each caption after the part nearest to it.
func (b *builder) placeCaptions() {
	after := map[int][]part{}
	for _, c := range b.sheet.captions {
		p := part{Part: page.Part{Role: page.RoleCaption, Lines: texts(c),
			Reason: fmt.Sprintf("type is %.2f times the body size", c[0].size/b.sheet.body)}, lines: c, page: c[0].page}
		at := b.nearest(c)
		after[at] = append(after[at], p)
	}
	var out []part
	out = append(out, after[-1]...)
	for i, p := range b.parts {
		out = append(out, p)
		out = append(out, after[i]...)
	}
	b.parts = out
}

// nearest is the part whose text is nearest to a caption; -1 if there is none.
func (b *builder) nearest(c leaf) int {
	best, at := math.Inf(1), -1
	box := extent(c)
	for i := range b.parts {
		if role := b.parts[i].Role; role != page.RoleBody && role != page.RoleTable || b.parts[i].page != c[0].page {
			continue
		}
		for k := range b.parts[i].lines {
			if d := box.distance(extent(b.parts[i].lines[k : k+1])); d < best {
				best, at = d, i
			}
		}
	}
	return at
}

type box struct{ left, top, right, bottom float64 }

func extent(lines []line) box {
	out := box{farOff, farOff, -farOff, -farOff}
	for i := range lines {
		l := &lines[i]
		out = out.with(box{l.left, l.top(), l.right, l.bottom()})
	}
	return out
}

func (b box) with(o box) box {
	return box{min(b.left, o.left), min(b.top, o.top), max(b.right, o.right), max(b.bottom, o.bottom)}
}

// distance counts horizontal distance twice: a caption is above or below its
// article more often than next to it.
func (b box) distance(o box) float64 {
	dx := max(b.left-o.right, o.left-b.right, 0)
	dy := max(b.top-o.bottom, o.top-b.bottom, 0)
	return cmp.Or(2*dx+dy, 0)
}
