package pdf

import (
	"errors"
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// flow reads the pages of a document, window by window. The last article of a
// window may go on in the next one.
type flow struct {
	pending  []part // parts of the last article
	heads    map[int]page.Furniture
	stated   page.Furniture // publication and day, by the last page that states them
	articles int            // read so far
	lines    map[int]int    // of each page, read so far
	levels   levels
	sizes    sizes   // of the characters so far
	before   []paper // the last pages of the window before, whose running heads may recur
}

func newFlow() *flow {
	return &flow{
		heads: map[int]page.Furniture{}, lines: map[int]int{}, sizes: sizes{}, levels: levels{outline: outline{}},
	}
}

// maxPending bounds the text of an article that is held from window to window, in
// bytes.
const maxPending = 8 << 20

// read reads a window of pages and yields the articles that end in it.
func (f *flow) read(papers []paper, last bool, yield func(Reading) error) error {
	for _, p := range papers {
		if p.err == nil {
			continue
		}
		if err := yield(Reading{Page: p.number, Err: p.err}); err != nil {
			return err
		}
	}
	f.levels.ends = last
	parts := append(f.pending, f.parts(papers)...)
	f.pending = nil
	for len(parts) > 0 {
		n := 1
		for n < len(parts) && !parts[n].OpensArticle {
			n++
		}
		if n == len(parts) && !last && size(parts) < maxPending {
			f.pending = parts
			return nil
		}
		if err := yield(f.article(parts[:n])); err != nil {
			return err
		}
		parts = parts[n:]
	}
	return nil
}

func size(parts []part) int {
	n := 0
	for i := range parts {
		for _, l := range parts[i].Lines {
			n += len(l)
		}
	}
	return n
}

// parts finds the parts of the pages in reading order. The pages are set one under
// the other, far apart, so that a text goes on from page to page as it does from
// column to column.
func (f *flow) parts(papers []paper) []part {
	for i := range papers {
		f.sizes.add(papers[i].lines)
	}
	if len(f.sizes) == 0 {
		return nil
	}
	s := &sheet{body: f.sizes.most()}
	found := repeated(slices.Concat(f.before, papers), s.body)[len(f.before):]
	const recent = 4 // pages
	f.before = slices.Clone(papers[max(0, len(papers)-recent):])
	markContents(papers, s.body, found)
	heads := map[int][]string{} // furniture of each page
	bottom := 0.0
	for i := range papers {
		p := &sheet{body: s.body}
		rest := p.documentPage(papers[i].lines, found[i])
		const apart = 100 // times the body size
		shift := bottom + apart*s.body - extent(papers[i].lines).top
		p.move(rest, papers[i].number, shift)
		if len(papers[i].lines) > 0 {
			bottom = shift + extent(papers[i].lines).bottom
		}
		if hasRows(rest) {
			s.leaves = append(s.leaves, joinRows(rest))
		} else {
			c := cutter{body: s.body}
			s.leaves = append(s.leaves, c.order(rest, 0)...)
		}
		s.captions = append(s.captions, p.captions...)
		furniture := texts(p.furniture)
		f.heads[papers[i].number] = page.ReadFurniture(furniture)
		heads[papers[i].number] = append(furniture, papers[i].aside...)
	}
	before := f.textBefore()
	b := s.builder(&f.levels, before)
	b.documentHeadings()
	b.bodyCaptions()
	b.parts = b.parts[len(before):]
	b.placeCaptions()
	return withFurniture(b.parts, papers, heads)
}

// textBefore returns the last part of the pages before if it is a text, which may go on.
func (f *flow) textBefore() []part {
	for _, p := range slices.Backward(f.pending) {
		if p.Role == page.RoleFurniture || p.Role == page.RoleCaption {
			continue
		}
		if p.Role != page.RoleBody {
			return nil
		}
		p.lines = slices.Clone(p.lines)
		for i := range p.lines {
			p.lines[i].base -= farOff / 2 // far above the next page
		}
		return []part{p}
	}
	return nil
}

// documentPage removes furniture, footnote marks and captions from the lines of a
// page.
func (s *sheet) documentPage(lines []line, furniture []bool) []line {
	var rest, heads []line
	for i, l := range lines {
		switch {
		case isArticleFolio(l.text()):
			heads = append(heads, l) // whatever its size
		case furniture[i] && !page.IsByline(l.text()):
			s.furniture = append(s.furniture, l)
		default:
			rest = append(rest, l)
		}
	}
	rest, bylines := s.removeBylines(rest)
	heads = append(heads, bylines...)
	rest = s.removeFurniture(rest)
	rest = s.removeMarks(rest)
	return append(s.removeCaptions(rest), heads...)
}

// isArticleFolio reports whether a line says which page of the paper an article was
// printed on: 《柳河日报》（2024年3月5日 第 1 版）.
func isArticleFolio(text string) bool {
	if !strings.HasPrefix(text, "《") {
		return false
	}
	_, sure := page.IsFurniture(text)
	return sure
}

// move moves the captions and rest down by shift and notes their page.
func (s *sheet) move(rest []line, number int, shift float64) {
	move := func(l *line) { l.base, l.page = l.base+shift, number }
	for i := range rest {
		move(&rest[i])
	}
	for _, c := range s.captions {
		for i := range c {
			move(&c[i])
		}
	}
}

// withFurniture puts the furniture of each page before its other parts.
func withFurniture(parts []part, papers []paper, heads map[int][]string) []part {
	var out []part
	next := 0
	upTo := func(number int) {
		for ; next < len(papers) && papers[next].number <= number; next++ {
			if lines := heads[papers[next].number]; len(lines) > 0 {
				out = append(out, part{
					Part: page.Part{
						Role: page.RoleFurniture, Lines: lines,
						Reason: "repeated on other pages, a head or foot line, or a table of contents",
					},
					page: papers[next].number,
				})
			}
		}
	}
	for _, p := range parts {
		// The furniture of a page that begins with an article belongs to it.
		if p.OpensArticle && next < len(papers) && papers[next].number <= p.page {
			n := len(out)
			upTo(p.page)
			if n < len(out) {
				out[n].OpensArticle, p.OpensArticle = true, false
			}
		}
		upTo(p.page)
		out = append(out, p)
	}
	upTo(papers[len(papers)-1].number)
	return out
}

// article composes an article of its parts.
func (f *flow) article(parts []part) Reading {
	given := make([]page.Part, len(parts))
	r := Reading{Page: parts[0].page, Pages: make([]int, len(parts))}
	for i := range parts {
		given[i], r.Pages[i] = parts[i].Part, parts[i].page
		if i > 0 && parts[i-1].Role == page.RoleFurniture && parts[i].Role != page.RoleFurniture {
			r.Page = min(r.Page, parts[i].page)
		}
	}
	r.Result, r.Err = page.Compose(given)
	r.Result.Furniture = f.furniture(r.Page, parts)
	f.number(&r)
	var none *page.NoArticleError
	if errors.As(r.Err, &none) && !slices.ContainsFunc(parts, isText) {
		r.Err = nil // furniture of pages without text
	}
	return r
}

func isText(p part) bool { return p.Role != page.RoleFurniture }

// furniture is what is stated about an article: by the folio that is printed with
// it, by the page on which it begins, by the pages before it.
func (f *flow) furniture(number int, parts []part) page.Furniture {
	var own page.Furniture
	for i := range parts {
		if p := &parts[i]; p.Role == page.RoleFurniture && p.folio {
			own.Fill(page.ReadFurniture(p.Lines))
		}
	}
	own.Fill(f.heads[number])
	for k := range f.heads {
		if k < number {
			delete(f.heads, k)
		}
	}
	own.Fill(page.Furniture{Publication: f.stated.Publication, Date: f.stated.Date})
	f.stated = own
	return own
}

// number counts lines from the top of each page and articles from the beginning of
// the file.
func (f *flow) number(r *Reading) {
	for i := range r.Result.Blocks {
		b := &r.Result.Blocks[i]
		n := b.LastLine - b.FirstLine + 1
		from := f.lines[r.Pages[i]]
		b.FirstLine, b.LastLine = from+1, from+n
		f.lines[r.Pages[i]] = from + n
		if b.Article > 0 {
			b.Article += f.articles
		}
	}
	f.articles += len(r.Result.Articles)
}
