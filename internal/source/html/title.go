package html

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"xunwen/internal/textnorm"
)

// minTitle is shorter than headlines are and longer than the names of most
// channels (要闻, 国际): shorter lines of the text do not confirm a title.
const minTitle = 6 // characters

// headline is the title (主题) of a page and where it is.
type headline struct {
	text      string
	line      int    // index in the lines of the page, or -1
	confirmed bool   // <title> and a heading or meta agree
	suffix    string // what follows it in <title>, e.g. _国际_新华网
}

// findTitle decides which text is the title. <title> contains it, followed by
// the names of channel and site. A heading shows where it ends, but only one
// that <title> begins with: others name the site, a channel or another article.
func (p *webPage) findTitle() headline {
	full := p.titleText()
	if full == "" {
		return p.untitled()
	}
	best := p.longestIn(full)
	if best.text == "" {
		best.text, best.suffix = cutSuffixes(full)
		if isSite(best.text) { // every page of the site has this <title>
			if other := p.untitled(); other.text != "" {
				other.suffix = full
				return other
			}
		}
	}
	if best.line < 0 {
		best.line = lineOf(p.lines, best.text)
		best.confirmed = best.confirmed || best.line >= 0
	}
	return best
}

// longestIn returns the longest text of the page that <title> begins with: of the
// headings, else of the metas, else of all lines. Of the latter two, those that
// are all of <title> show nothing.
func (p *webPage) longestIn(full string) headline {
	best := headline{line: -1}
	consider := func(candidate string, at int, part bool) {
		if utf8.RuneCountInString(candidate) <= utf8.RuneCountInString(best.text) {
			return
		}
		if rest, ok := restOfTitle(full, candidate); ok && !(part && rest == "") {
			best = headline{text: candidate, line: at, confirmed: true, suffix: rest}
		}
	}
	for i, l := range p.lines {
		if isHeading(l.node.DataAtom) {
			consider(l.text, i, false)
		}
	}
	if best.text != "" {
		return best
	}
	for _, value := range p.statedTitles() {
		consider(value, -1, true)
	}
	if best.text != "" {
		return best
	}
	for i, l := range p.lines {
		if !l.link && utf8.RuneCountInString(l.text) >= minTitle {
			consider(l.text, i, true)
		}
	}
	return best
}

// statedTitles returns the titles that the page states outside the displayed text,
// some of them "".
func (p *webPage) statedTitles() []string {
	return []string{p.first("articletitle"), p.linked.Headline, p.first("og:title")}
}

// untitled finds the title of a page without a <title> of its own.
func (p *webPage) untitled() headline {
	for _, tag := range []atom.Atom{atom.H1, atom.H2} {
		for i, l := range p.lines {
			if l.node.DataAtom == tag && !l.link && utf8.RuneCountInString(l.text) >= minTitle {
				return headline{text: l.text, line: i}
			}
		}
	}
	value := firstOf(p.statedTitles()...)
	return headline{text: value, line: lineOf(p.lines, value)}
}

func isHeading(tag atom.Atom) bool { return tag == atom.H1 || tag == atom.H2 || tag == atom.H3 }

func lineOf(lines []line, text string) int {
	if text == "" {
		return -1
	}
	for i, l := range lines {
		if l.text == text && !l.link {
			return i
		}
	}
	return -1
}

const separators = "_|｜-–—－·/>»~"

func isSeparator(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(separators, r) }

// restOfTitle reports whether full begins with text and then ends or has a
// separator, ignoring blanks. rest is what follows.
func restOfTitle(full, text string) (rest string, ok bool) {
	i := 0
	for _, want := range text {
		if unicode.IsSpace(want) {
			continue
		}
		r, size := utf8.DecodeRuneInString(full[i:])
		for unicode.IsSpace(r) {
			i += size
			r, size = utf8.DecodeRuneInString(full[i:])
		}
		if r != want || size == 0 {
			return "", false
		}
		i += size
	}
	rest = full[i:]
	next, _ := utf8.DecodeRuneInString(rest)
	return rest, i > 0 && (rest == "" || isSeparator(next))
}

var (
	// _国际, | 某网, - 某报, --某频道: marks that no headline contains, or that are
	// surrounded by blanks.
	strongSuffix = regexp.MustCompile(`(?:[_|｜»>]|[\s]+[-–—－·~/]+[\s]+|--+|\s—+)\s*([^_|｜»>]*)$`)
	// -某网: headlines contain hyphens too, so what follows must name a site.
	weakSuffix = regexp.MustCompile(`[-–—－·~]\s*([^-–—－·~]*)$`)
	siteName   = regexp.MustCompile(
		`^[\p{Han}A-Za-z0-9.·]{0,14}(?:网|网站|报|报社|社|频道|新闻|在线|电视台|广播|门户|客户端|资讯|周刊|杂志|中心|时报|论坛|财经|体育|娱乐)$|` +
			`^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$`,
	)
)

func isSite(s string) bool { return siteName.MatchString(s) }

// cutSuffixes removes the names of channel and site from the end of a <title>.
func cutSuffixes(full string) (title, suffix string) {
	title = full
	for {
		m := strongSuffix.FindStringSubmatchIndex(title)
		if m == nil || !shorter(title[m[2]:m[3]], title[:m[0]]) {
			if m = weakSuffix.FindStringSubmatchIndex(title); m == nil || !isSite(title[m[2]:m[3]]) {
				return title, full[len(title):]
			}
		}
		rest := strings.TrimSpace(title[:m[0]])
		if rest == "" {
			return title, full[len(title):]
		}
		title = rest
	}
}

func shorter(a, b string) bool { return utf8.RuneCountInString(a) < utf8.RuneCountInString(b) }

// publicationIn returns the name of the site in what follows the title: the last
// part that names one.
func publicationIn(suffix string) string {
	parts := strings.FieldsFunc(suffix, isSeparator)
	for i := len(parts) - 1; i >= 0; i-- {
		if isSite(parts[i]) && strings.IndexFunc(parts[i], textnorm.IsHan) >= 0 {
			return parts[i]
		}
	}
	return ""
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
