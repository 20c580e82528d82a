package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/doctag"
	"xunwen/internal/source/field"
	"xunwen/internal/source/jsonl"
	"xunwen/internal/source/legible"
	"xunwen/internal/source/table"
)

func (r *fileReader) fields() field.Reader {
	return field.Reader{Map: r.opts.Map, Lenient: r.opts.Lenient}
}

// recordsOf returns the reader of a format of records.
func (r *fileReader) recordsOf(s *stream, format Format) field.Records {
	switch format {
	case JSONL:
		return jsonl.NewReader(charset.NewLines(s.Reader, r.opts.Encoding), r.fields()).All()
	case JSON:
		return jsonl.Documents(charset.NewStream(s.Reader, r.opts.Encoding), r.fields())
	case Docs:
		text := charset.NewStream(s.Reader, r.opts.Encoding)
		return doctag.Read(text, r.fields(), text.Invalid)
	}
	head, whole := s.head()
	sniffed := sniffer{raw: head, whole: whole, opts: &r.opts}
	ext, _ := nameParts(r.in.Path)
	beginning := table.Head{Text: sniffed.decoded(), Whole: whole}
	text := charset.NewStream(s.Reader, r.opts.Encoding)
	return table.Read(text, table.Guess(beginning, r.fields(), ext == ".tsv"), r.fields(), text.Invalid)
}

// records delivers the articles of records. fallback is what the path says about them.
func (r *fileReader) records(
	ctx context.Context, s *stream, records field.Records, fallback pathMetadata,
) error {
	rejects := repeated{r: r, seen: map[string]*repeats{}}
	left := map[string]int{}
	var ended error
	for record, err := range records {
		if err := ctx.Err(); err != nil {
			return err
		}
		var bad *field.RecordError
		var end *field.ReadError
		switch {
		case errors.As(err, &bad):
			err = rejects.add(bad)
		case errors.As(err, &end):
			err = r.reject(end.Line, s.readError(end.Reason))
		default:
			for _, name := range record.Left {
				if _, known := left[name]; known || len(left) < mostLeftOut {
					left[name]++
				}
			}
			if record.Article != nil {
				err = r.deliver(record.Article, fallback, record.Line)
			}
		}
		if isEnd(err) {
			ended = err
			break
		}
		if err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := rejects.finish(); err != nil {
		return err
	}
	return cmp.Or(r.leftOut(left), ended)
}

// mostLeftOut bounds the members of a file's records that are listed because they are in no
// article.
const mostLeftOut = 10_000

func (r *fileReader) leftOut(members map[string]int) error {
	if len(members) == 0 {
		return nil
	}
	return r.emit(Event{File: r.in.Path, LeftOut: &LeftOut{r.in.Path, members}})
}

// repeated reports the faults of the records of a file: the first of a kind, and how many more
// there are when the file ends.
type repeated struct {
	r     *fileReader
	seen  map[string]*repeats
	order []string
}

type repeats struct{ first, last, more int }

// How many faults of a kind are reported each: where each needs another cure, and where nothing
// tells one from another.
const (
	manyFaults = 1000
	fewFaults  = 10
)

func (f *repeated) add(bad *field.RecordError) error {
	kind, most := kindOf(bad.Reason), manyFaults
	var unknown *field.UnknownError
	switch {
	case errors.As(bad.Reason, &unknown):
		most = 1
	case kind == bad.Reason.Error():
		most = fewFaults
	}
	known := f.seen[kind]
	if known == nil {
		if len(f.seen) > manyFaults {
			return f.r.reject(bad.Line, bad.Reason.Error())
		}
		known = &repeats{first: bad.Line, more: -most}
		f.seen[kind] = known
		f.order = append(f.order, kind)
	}
	known.more++
	if known.more <= 0 {
		return f.r.reject(bad.Line, bad.Reason.Error())
	}
	known.last = bad.Line
	return nil
}

var particular = regexp.MustCompile(`"[^"]*"|\d+`)

// kindOf returns what faults with the same cure have in common.
func kindOf(reason error) string {
	var unknown *field.UnknownError
	if errors.As(reason, &unknown) {
		return strings.Join(unknown.Names, "\x00")
	}
	return particular.ReplaceAllString(reason.Error(), "")
}

func (f *repeated) finish() error {
	for _, kind := range f.order {
		known := f.seen[kind]
		if known.more <= 0 {
			continue
		}
		reason := fmt.Sprintf("%d more with the same fault as line %d, the last on line %d",
			known.more, known.first, known.last)
		if err := f.r.rejectMany(known.last, reason, known.more); err != nil {
			return err
		}
	}
	return nil
}

// illegible returns why nobody can read an article, "" if people can.
func illegible(a *news.Article) string {
	const most = 8 // paragraphs, which are enough for what Check looks at
	parts := make([]string, 0, 1+most)
	parts = append(parts, a.Title)
	for _, p := range a.Paragraphs[:min(len(a.Paragraphs), most)] {
		parts = append(parts, p.Text)
	}
	return legible.Check(parts...)
}

// oneEach reports whether files like the input have one article each, by their names: a number
// in a folder of a category, or a day with a title.
func (r *fileReader) oneEach() bool {
	path := filepath.ToSlash(strings.ReplaceAll(r.in.Path, insideMark, "/"))
	stem := nameStem(lastPart(path))
	if titleInName(stem) != "" {
		return true
	}
	folder := lastPart(strings.TrimSuffix(path, "/"+lastPart(path)))
	return numbered.MatchString(stem) && r.pathMetadata().date == "" && (isCategory(folder) || code.MatchString(folder))
}

var (
	numbered = regexp.MustCompile(`^\d{1,9}$`)
	code     = regexp.MustCompile(`^[A-Z]\d{3,8}$`) // of a category
)
