package citation

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"xunwen/internal/news"
)

// BibTeX returns the reference as an entry of BibTeX and BibLaTeX. Both know @article; styles
// that tell newspapers from journals read entrysubtype. year and month are for BibTeX, date is
// for BibLaTeX and for styles of GB/T 7714.
func (r Reference) BibTeX() string {
	var b strings.Builder
	fmt.Fprintf(&b, "@article{%s", r.key())
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %-12s = %s", name, value)
		}
	}
	text := func(name, value string) {
		if value != "" {
			field(name, "{"+texText.Replace(value)+"}")
		}
	}
	var authors []string
	for _, name := range r.Authors {
		authors = append(authors, bibName(name))
	}
	if len(authors) > 0 {
		field("author", "{"+strings.Join(authors, " and ")+"}")
	}
	if r.Title != "" { // braces within keep capitals as they are printed
		field("title", "{{"+texText.Replace(r.Title)+"}}")
	}
	text("journal", r.Publication)
	if year, month, _ := r.day(); year > 0 {
		field("year", fmt.Sprintf("{%04d}", year))
		field("month", strings.ToLower(time.Month(month).String()[:3]))
		field("date", "{"+r.Date+"}")
	}
	text("pages", r.Page)
	if r.Address != "" {
		field("url", "{"+texAddress(r.Address)+"}")
		field("urldate", "{"+r.Read.Format(news.DateLayout)+"}")
	}
	field("entrysubtype", "{newspaper}")
	field("language", "{chinese}")
	b.WriteString("\n}\n")
	return b.String()
}

// bibName returns a name as an author of an entry. A name that BibTeX would take apart, at a
// comma, at white space or at the word and, is in braces.
func bibName(name string) string {
	escaped := texText.Replace(name)
	if strings.ContainsAny(name, ", ~") || strings.EqualFold(name, "and") || strings.EqualFold(name, "others") {
		return "{" + escaped + "}"
	}
	return escaped
}

// texText writes a text so that TeX prints it as it is. BibTeX counts braces even after a
// backslash, so those of a text are named.
var texText = strings.NewReplacer(
	`\`, `{\textbackslash}`, `{`, `{\textbraceleft}`, `}`, `{\textbraceright}`,
	`~`, `{\textasciitilde}`, `^`, `{\textasciicircum}`, `"`, `{\textquotedbl}`,
	`$`, `\$`, `&`, `\&`, `%`, `\%`, `#`, `\#`, `_`, `\_`,
)

// texAddress returns an address in ASCII and without braces and backslashes, as the commands for
// addresses want it.
func texAddress(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("{}\\^`\"<>|", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

const keySigns = "-_:.+/" // what a key may have besides letters and digits

// key returns the entry's key: the article's id, if BibTeX can read that, or else what it can
// read of it and a hash, since two ids may be the same otherwise.
func (r Reference) key() string {
	readable := func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(keySigns, c) {
			return c
		}
		return -1
	}
	key := strings.Trim(strings.Map(readable, r.ID), keySigns)
	if key == r.ID && key != "" {
		return key
	}
	sum := sha256.Sum256([]byte(r.ID))
	return strings.TrimPrefix(key+"-", "-") + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}
