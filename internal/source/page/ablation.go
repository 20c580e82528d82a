package page

// evidenceKinds are evidenceKinds of evidence. The reader uses them all; an evaluation leaves
// one out to see what it is worth.
type evidenceKinds uint

const (
	kindClosing evidenceKinds = 1 << iota // a source, byline or pointer ends an article
	kindRoom                              // room on a line for what follows it
	kindEnding                            // how a piece of text ends
	kindFirst                             // first lines: indented, short or full
	kindLook                              // heading or text, by its own look
	kindSide                              // headlines above or below, decided over the page
	kindWords                             // words that headings and texts share
	kindTheme                             // of these, words of the last headline that come back
	kindOpening                           // how the text after a heading begins
	kindCompany                           // subtitles, bylines and datelines that come with headlines
)

// uses says whether a kind of evidence is not left out.
func (r *reader) uses(k evidenceKinds) bool { return r.without&k == 0 }
