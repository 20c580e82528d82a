package news

import (
	"strings"
	"unicode"
)

// An article may have been printed without a title. One rule decides what it is
// called everywhere: by its kicker, else by its subtitle, else by how its text
// begins. What to show for an article with none of these is up to the caller.

// openingRunes is how much of a text stands in for a missing title, in
// characters: about a line on a page.
const openingRunes = 40

const ellipsis = "…"

// Headings returns the lines above and below an article as they are displayed.
// Where the title is missing, the kicker or else the subtitle takes its place;
// title is "" only if the article has none of the three.
func (a *Article) Headings() (title, kicker, subtitle string) {
	switch {
	case !blank(a.Title):
		return a.Title, a.Kicker, a.Subtitle
	case !blank(a.Kicker):
		return a.Kicker, "", a.Subtitle
	case !blank(a.Subtitle):
		return a.Subtitle, "", ""
	}
	return "", "", ""
}

// DisplayTitle returns what an article is called in lists and citations, in one
// line: its title or a substitute, "" only if the article has no text.
func (a *Article) DisplayTitle() string {
	if title, _, _ := a.Headings(); title != "" {
		return oneLine(title)
	}
	return a.Opening()
}

// Opening returns how the text of an article without title, kicker and subtitle
// begins, in one line and cut to fit there. For other articles it returns "".
func (a *Article) Opening() string {
	if title, _, _ := a.Headings(); title != "" {
		return ""
	}
	for _, p := range a.Paragraphs {
		if opening, _ := Opening(p.Text); opening != "" {
			return opening
		}
	}
	return ""
}

// Opening returns how a text begins, in one line and cut to fit there, and whether it was longer.
func Opening(text string) (opening string, cut bool) { return firstRunes(text, openingRunes) }

// firstRunes returns at most the first n characters of text in one line, with an ellipsis
// where it was longer.
func firstRunes(text string, n int) (first string, cut bool) {
	var b strings.Builder
	space := false // before the next character
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space && n > 0 {
			b.WriteByte(' ')
			n--
		}
		if n == 0 {
			return strings.TrimRight(b.String(), " ") + ellipsis, true
		}
		b.WriteRune(r)
		n--
		space = false
	}
	return b.String(), false
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// oneLine replaces each run of white space by one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
