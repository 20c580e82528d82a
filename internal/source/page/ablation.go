package page

// evidenceKinds is a set of kinds of evidence. The reader uses them all; an
// evaluation leaves one out to see what it contributes.
type evidenceKinds uint

const (
	kindClosing evidenceKinds = 1 << iota // a source, byline or jump line ends an article
	kindRoom                              // room on a line for what follows it
	kindEnding                            // how a piece of text ends
	kindFirst                             // first lines: indented, short or full
	kindLook                              // whether a piece looks like a heading
	kindSide                              // headlines above or below, decided over the page
	kindWords                             // words that headings and texts share
	kindTheme                             // those of the last headline that recur
	kindOpening                           // how the text after a heading begins
	kindCompany                           // subtitles, bylines and datelines beside headlines
)

// uses reports whether a kind of evidence is used.
func (r *reader) uses(k evidenceKinds) bool { return r.without&k == 0 }
