package page

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// headlineParts is a headline split into its parts.
type headlineParts struct{ kicker, title, subtitle string }

// kickerEnd matches the end of a kicker that leads into its title.
var kickerEnd = regexp.MustCompile(`(?:时|后|前|中|下|上|之际|委派|强调|指出|要求|表示|报道之[一二三四五六七八九十]|[：:，、])$`)

var kickerHead = regexp.MustCompile(`^(?:在|受|为|据|应|随着|经|由|针对|围绕)`)

// circumstance matches a statement of time or purpose, which leads into what happens.
var circumstance = regexp.MustCompile(`^(?:为|離|离|当|在|随着|面对|围绕|针对)|(?:之后|过后|以后|之前|以前|前夕)`)

// headlineReader splits headlines into their parts.
type headlineReader struct {
	*pageLines
	pieces []piece
	words  bigramNumbers // of the body text
}

// read splits a headline into kicker (引题), title (主题) and subtitle (副题). A
// block of its own is a part of its own; the lines of one block are one part
// where the line break falls inside a phrase.
func (hr *headlineReader) read(h *heading) (headlineParts, []Role) {
	var parts []string
	var owner []int // parts[i] begins in piece owner[i]
	for k, i := range h.pieces {
		// A subtitle in a block of its own leaves the lines before it to the title.
		whole := k+1 < len(h.pieces)
		for _, part := range hr.phrases(&hr.pieces[i], whole) {
			parts = append(parts, part)
			owner = append(owner, k)
		}
	}
	roles := make([]Role, len(h.pieces))
	var out headlineParts
	first := 0
	if len(parts) > 1 && (isKicker(parts[0], parts[1], len(parts)) || hr.leadsIn(h, parts)) {
		out.kicker, first = parts[0], 1
	}
	out.title = parts[first]
	out.subtitle = strings.Join(parts[first+1:], " ")
	for k := range roles {
		roles[k] = RoleSubtitle
	}
	for i := len(parts) - 1; i >= 0; i-- {
		switch {
		case i < first:
			roles[owner[i]] = RoleKicker
		case i == first:
			roles[owner[i]] = RoleTitle
		}
	}
	if first == 1 && owner[0] == owner[1] {
		roles[owner[0]] = RoleTitle
	}
	return out, roles
}

// isKicker reports whether the wording of the first part leads into the second,
// which is weaker evidence unless a third part is there to be the subtitle.
func isKicker(first, second string, parts int) bool {
	if strings.HasPrefix(second, "——") {
		return false
	}
	if kickerEnd.MatchString(first) && kickerHead.MatchString(first) {
		return true
	}
	return parts > 2 && kickerEnd.MatchString(first)
}

// leadsIn reports whether the first block of a headline is a kicker by its
// position and length: a short block above a title and its subtitle, a word or
// two above a title that name the kind of article (手艺, 书架), or a shorter
// statement of time or purpose.
func (hr *headlineReader) leadsIn(h *heading, parts []string) bool {
	const word = 4 // characters
	if len(h.pieces) < 2 {
		return false
	}
	first, second := &hr.pieces[h.pieces[0]], &hr.pieces[h.pieces[1]]
	if first.len() > 1 || strings.HasPrefix(second.text, "——") {
		return false
	}
	n, m := utf8.RuneCountInString(parts[0]), utf8.RuneCountInString(parts[1])
	return len(parts) > 2 && n <= m || n <= word && m > word || n < m && circumstance.MatchString(first.text)
}

// phrases splits the lines of one heading block into its parts; if whole, they
// are one part.
func (hr *headlineReader) phrases(p *piece, whole bool) []string {
	parts := []string{hr.lines[p.from].text}
	last := p.from // first line of the part
	for i := p.from + 1; i < p.to; i++ {
		if whole || hr.samePhrase(last, i) {
			tail := &parts[len(parts)-1]
			*tail += hr.glue(*tail, hr.lines[i].text) + hr.lines[i].text
			continue
		}
		parts = append(parts, hr.lines[i].text)
		last = i
	}
	return parts
}

// samePhrase reports whether line i of a heading continues the line before it.
func (hr *headlineReader) samePhrase(first, i int) bool {
	a, b := &hr.lines[i-1], &hr.lines[i]
	if a.text == "" || b.text == "" || strings.HasPrefix(b.text, "——") || strings.HasPrefix(b.text, "（") {
		return false
	}
	if openQuote(a.text) || strings.ContainsRune(noLineStart, firstRune(b.text)) {
		return true
	}
	if strings.HasSuffix(a.text, "——") {
		return true
	}
	x, y := lastRune(a.text), firstRune(b.text)
	if !isWide(x) && !isWide(y) {
		return true
	}
	if textnorm.IsHan(x) && textnorm.IsHan(y) && hr.words.contains(x, y) {
		return true
	}
	if parallel(a.text, b.text) {
		return false
	}
	const (
		even = charCells // a title is wrapped into lines of equal length
		long = 7         // characters: shorter lines of equal length are phrases
	)
	d := a.wide - b.wide
	return d >= -even && d <= even && utf8.RuneCountInString(a.text) >= long
}

// openQuote reports whether a quote or title mark is open at the end of s.
func openQuote(s string) bool {
	return strings.Count(s, "“") > strings.Count(s, "”") || strings.Count(s, "《") > strings.Count(s, "》") ||
		strings.Count(s, "（") > strings.Count(s, "）") || strings.Count(s, "「") > strings.Count(s, "」")
}

// parallel reports whether two phrases have the same structure: 俄称…/乌称….
func parallel(a, b string) bool {
	x, y := []rune(a), []rune(b)
	const near = 4 // characters from the beginning that may be the shared word
	for i := 0; i < min(near, len(x), len(y)); i++ {
		if x[i] == y[i] && textnorm.IsHan(x[i]) {
			return true
		}
	}
	return false
}
