package table

import (
	"encoding/csv"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/field"
	"xunwen/internal/textnorm"
)

// Dialect is how the columns of a table are separated.
type Dialect struct {
	sep    string
	quoted bool // quotation marks can enclose a value with separators
	strict bool // quotation marks are as RFC 4180 has them
	slash  bool // a \ instead of another quotation mark is before one in a value, as databases write it
	cr     bool // lines end with CR alone, as programs of old Macs write them
}

// separators are the signs between columns that are looked for. Quotation marks only enclose
// values in tables with the first ones.
var separators = []string{",", "\t", ";", "|", "，", bangs}

// bangs is the separator of a common collection of headlines.
const bangs = "_!_"

// Head is the beginning of a file, up to the end of a line if it isn't the whole.
type Head struct {
	Text  string
	Whole bool
}

// withLineFeeds replaces the CR that end the lines of some files.
func (h Head) withLineFeeds() (text Head, cr bool) {
	if strings.Contains(h.Text, "\n") || !strings.Contains(h.Text, "\r") {
		return h, false
	}
	return Head{strings.ReplaceAll(h.Text, "\r", "\n"), h.Whole}, true
}

// Detect returns the dialect of a table that begins with head; ok is false if it is none that can
// be recognised by its content: its first line names columns, or all lines have the same columns.
func Detect(head Head, fields field.Reader) (d Dialect, ok bool) {
	head, cr := head.withLineFeeds()
	d, ok = detect(head, fields)
	d.cr = cr
	return d, ok
}

func detect(h Head, fields field.Reader) (d Dialect, ok bool) {
	line := firstLine(h.Text)
	for _, sep := range separators {
		if strings.Contains(line, sep) && isHeader(split(line, sep), fields) {
			return dialect(sep, h), true
		}
	}
	if strings.Count(line, bangs) >= 2 {
		return dialect(bangs, h), true
	}
	if labelledTexts(h.Text) || sameTabs(h.Text) {
		return Dialect{sep: "\t"}, true
	}
	if strings.HasPrefix(line, `"`) && strings.HasSuffix(line, `"`) && strings.Contains(line, `","`) {
		return dialect(",", h), true
	}
	return Dialect{}, false
}

// Guess returns the dialect of a file that is a table by its name.
func Guess(head Head, fields field.Reader, tabs bool) Dialect {
	if d, ok := Detect(head, fields); ok {
		return d
	}
	head, cr := head.withLineFeeds()
	line := firstLine(head.Text)
	best := ","
	if tabs {
		best = "\t"
	}
	if !strings.Contains(line, best) {
		for _, sep := range separators {
			if strings.Count(line, sep) > strings.Count(line, best) {
				best = sep
			}
		}
	}
	d := dialect(best, head)
	d.cr = cr
	return d
}

func dialect(sep string, h Head) Dialect {
	if len(sep) > 1 {
		return Dialect{sep: sep}
	}
	bare, broken := quoteFaults(sep, h)
	if (bare || broken) && strings.Contains(h.Text, escapedQuote) {
		doubled := Head{unescaper.Replace(h.Text), h.Whole}
		if bare, broken := quoteFaults(sep, doubled); !bare && !broken {
			return Dialect{sep: sep, quoted: true, strict: true, slash: true}
		}
	}
	if sep == "\t" { // where quotation marks usually mean nothing
		quoted := !bare && !broken && strings.Contains(h.Text, "\"")
		return Dialect{sep: sep, quoted: quoted, strict: quoted}
	}
	return Dialect{sep: sep, quoted: true, strict: !bare}
}

const escapedQuote = `\"`

// unescaper doubles quotation marks that a \ escapes. The number of bytes stays.
var unescaper = strings.NewReplacer(`\\`, `\\`, escapedQuote, `""`)

// quoteFaults reports whether the first rows of a table have quotation marks in values without
// quotation marks around them, and whether they have other faults.
func quoteFaults(sep string, h Head) (bare, broken bool) {
	r := csv.NewReader(strings.NewReader(h.Text))
	r.Comma, _ = utf8.DecodeRuneInString(sep)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	const rows = 200
	for range rows {
		_, err := r.Read()
		var fault *csv.ParseError
		switch {
		case !errors.As(err, &fault):
			if err != nil {
				return bare, broken
			}
		case errors.Is(fault.Err, csv.ErrBareQuote):
			bare = true
		case h.Whole || r.InputOffset() < int64(len(h.Text)): // else the last value is cut
			broken = true
		}
	}
	return bare, broken
}

// separatorHint begins a first line by which spreadsheets say what separates columns: sep=;.
const separatorHint = "sep="

func firstLine(head string) string {
	for line := range strings.Lines(head) {
		if line = strings.Trim(line, "\r\n"); strings.TrimSpace(line) != "" && !strings.HasPrefix(line, separatorHint) {
			return line
		}
	}
	return ""
}

func split(line, sep string) []string {
	parts := strings.Split(line, sep)
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if len(p) >= 2 && p[0] == '"' && p[len(p)-1] == '"' {
			p = p[1 : len(p)-1]
		}
		parts[i] = p
	}
	return parts
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.\- ]{0,31}$`)

// isHeader reports whether the values of a row are names of columns: one is that of a text or
// title, and most are known or look like names.
func isHeader(row []string, fields field.Reader) bool {
	if len(row) < 2 {
		return false
	}
	article, named := false, 0
	for _, name := range row {
		f, ok := fields.Known(name)
		article = article || ok && (f == field.Text || f == field.Title)
		if ok || name == "" || identifier.MatchString(name) || isShortName(name) {
			named++
		}
	}
	return article && named == len(row)
}

// isShortName reports whether a value can be the name of a column in Chinese.
func isShortName(name string) bool {
	n := 0
	for _, r := range name {
		if !textnorm.IsHan(r) && !textnorm.IsWordRune(r) && r != '_' && r != '(' && r != ')' && r != '（' && r != '）' {
			return false
		}
		n++
	}
	const longest = 8
	return n <= longest
}

// sameTabs reports whether all lines have the same columns, some of them texts.
func sameTabs(head string) bool {
	const least, shortestText = 3, 30
	tabs, lines, texts := -1, 0, 0
	for line := range strings.Lines(head) {
		if !strings.HasSuffix(line, "\n") && lines > 0 || strings.TrimSpace(line) == "" {
			continue // it may be cut
		}
		n := strings.Count(line, "\t")
		if n == 0 || tabs >= 0 && n != tabs {
			return false
		}
		for value := range strings.SplitSeq(line, "\t") {
			if utf8.RuneCountInString(value) >= shortestText {
				texts++
				break
			}
		}
		tabs, lines = n, lines+1
	}
	return lines >= least && texts*2 > lines
}

// labelledTexts reports whether head is lines of a short label, a tab and a text, as
// collections for classifiers have them.
func labelledTexts(head string) bool {
	const least, longestLabel, shortestText = 3, 12, 30
	lines := strings.Split(head, "\n")
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // the last may be cut
	}
	n := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		label, text, ok := strings.Cut(line, "\t")
		if !ok || strings.Contains(text, "\t") || utf8.RuneCountInString(label) > longestLabel ||
			strings.IndexFunc(label, textnorm.IsHan) < 0 || utf8.RuneCountInString(text) < shortestText {
			return false
		}
		n++
	}
	return n >= least || n > 0 && len(head) > 4096
}
