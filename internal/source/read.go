package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/field"
	"xunwen/internal/source/pdf"
)

// Options say how to read. With the zero value, everything is detected.
type Options struct {
	Format Format // "" means Auto

	// Metadata that a file doesn't state. A page's own furniture takes precedence,
	// then its path, then these; for a record, its own members, then these.
	Publication, Date, Page string

	Encoding charset.Encoding // "" means charset.Auto

	Map     field.Map // which members of records are read into which fields
	Lenient bool      // leave unknown members of records out
	Stdin   io.Reader // read where an input is Stdin

	// CacheDir is where the compiled PDF engine is kept between runs; without it
	// each run that reads a PDF takes some 2 seconds longer.
	CacheDir string

	Now func() time.Time // bounds the years in paths; nil means time.Now

	Origins bool // yield the Origin of each file that was read to its end
	Explain bool // yield the Blocks of each page: what each line was read as, and why
}

// Read yields the articles of the inputs in the order of the inputs. A file or
// line that can't be read yields a Reject and reading continues. Only the end
// of ctx is yielded as an error, after which nothing follows.
//
// Iteration may be stopped at any time: then the goroutines that read ahead
// have ended and all files are closed.
func Read(ctx context.Context, inputs []Input, opts Options) iter.Seq2[Event, error] {
	opts.Format = cmp.Or(opts.Format, Auto)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	return func(yield func(Event, error) bool) {
		err := readAll(ctx, inputs, opts, func(e Event) error {
			if !yield(e, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(Event{}, err)
		}
	}
}

// errStopped reports that the consumer has stopped the iteration.
var errStopped = errors.New("iteration stopped")

// readAll passes the events of all inputs to emit. It ends early only with the
// error of emit or ctx.
func readAll(ctx context.Context, inputs []Input, opts Options, emit func(Event) error) error {
	engine := pdf.NewEngine(opts.CacheDir) // starts with the first PDF
	defer engine.Close()                   // no article depends on it any more
	ahead := newPrefetcher(inputs, opts)
	defer ahead.wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before waiting
	for i, in := range inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		few := fewRejects{emit: func(e Event) error {
			e.Input = i
			return emit(e)
		}}
		err := errNotPrefetched
		if p := ahead.take(ctx, i); p != nil {
			err = p.replay(few.event)
		}
		if errors.Is(err, errNotPrefetched) {
			r := fileReader{in: in, opts: opts, engine: engine, emit: few.event, tally: &tally{}, texts: &texts{}}
			err = r.read(ctx)
		}
		if err == nil { // otherwise the consumer may have stopped
			err = few.finish(validName(in.Path))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fileReader reads one input. Its methods end early only with the error of emit
// or of their context.
type fileReader struct {
	in          Input
	opts        Options
	engine      *pdf.Engine // nil when prefetching
	emit        func(Event) error
	prefetching bool
	format      Format  // as which its content is read
	depth       int     // in how many archives the input is
	page        webPage // what an archive says of a web page
	tally       *tally  // of the input
	texts       *texts  // of the input, or of the file in it
}

func (r *fileReader) reject(line int, reason string) error {
	return r.rejectMany(line, reason, 0)
}

// rejectMany reports several records of which one line can be named.
func (r *fileReader) rejectMany(line int, reason string, records int) error {
	return r.emit(Event{File: r.in.Path, Reject: &Reject{
		File: shortened(r.in.Path), Line: line, Reason: shortened(reason), Records: records}})
}

func (r *fileReader) read(ctx context.Context) error {
	in := r.in // its path may have any bytes
	r.in.Path, r.in.Name = validName(in.Path), validName(in.Name)
	if r.in.problem != "" {
		return r.reject(1, r.in.problem)
	}
	ext, _ := nameParts(r.in.Path)
	format, reason := formatByName(r.in, ext, r.opts.Format)
	if reason != "" {
		return r.reject(1, reason)
	}
	emit := r.emit
	r.emit = func(e Event) error { // what was read of a file when ctx ends isn't all of it
		if err := ctx.Err(); err != nil {
			return err
		}
		return emit(e)
	}
	s, err := open(ctx, in, r.opts.Stdin)
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), s.Close())
	}
	if err != nil {
		return r.reject(1, err.Error())
	}
	defer s.Close() // it was only read: a failing close loses nothing
	r.tally.budget = s.spend
	err = r.content(ctx, s, format)
	if errors.Is(err, errTooMany) {
		err = r.reject(r.texts.line, fmt.Sprintf(
			"%d articles in %d bytes: not news; what follows wasn't read", r.tally.articles, s.spend.Size()))
	}
	if err != nil {
		return err
	}
	if n := r.tally.future; n > 0 {
		if err := r.leftOut(map[string]int{"date in the future": n}); err != nil {
			return err
		}
	}
	if !r.opts.Origins {
		return nil
	}
	origin, ok := s.raw.origin(in.Path)
	if err := ctx.Err(); err != nil {
		return err
	}
	if !ok {
		return nil
	}
	return r.emit(Event{File: r.in.Path, Origin: &origin})
}

// content reads an opened input whose name suggests format, as far as it can be news.
func (r *fileReader) content(ctx context.Context, s *stream, format Format) error {
	err := r.sniffed(ctx, s, format)
	if errors.Is(err, errNoArticles) {
		return r.reject(r.texts.line, fmt.Sprintf(
			"%d articles with %d bytes of text each: not news; what follows wasn't read", r.texts.articles, r.texts.average()))
	}
	return err
}

// sniffed reads an opened input in the format of its content.
func (r *fileReader) sniffed(ctx context.Context, s *stream, format Format) error {
	head, whole := s.head()
	if isArchive(head) {
		return r.archive(ctx, s, head)
	}
	if format == archived {
		return r.reject(1, "not an archive: it doesn't begin like a .zip or .tar file")
	}
	if r.opts.Format == Auto {
		sniffer := sniffer{byName: format, raw: head, whole: whole, opts: &r.opts, oneEach: r.oneEach()}
		var reason string
		if format, reason = sniffer.format(); reason != "" {
			return r.reject(1, reason)
		}
	}
	if r.prefetching && !readAsWhole(format) && !(format == Text && whole) {
		return errNotPrefetched
	}
	r.format = format
	switch format {
	case HTML:
		return r.html(ctx, s)
	case PDF:
		return r.pdf(ctx, s)
	case Markdown:
		return r.markdown(ctx, s)
	case Feed:
		return r.feed(ctx, s)
	case WARC:
		return r.warc(ctx, s)
	case Text:
		return r.text(ctx, s, whole)
	case Page, Auto, archived:
		return r.newspaper(ctx, s)
	}
	return r.records(ctx, s, r.recordsOf(s, format), pathMetadata{})
}

// deliver fills in what an article doesn't state, gives it its id and emits it.
func (r *fileReader) deliver(a *news.Article, fallback pathMetadata, line int) error {
	file := cmp.Or(a.File, r.in.Path) // only records come with a File
	if r.in.Path != Stdin {
		a.File = cmp.Or(a.File, r.in.Name)
	}
	a.Publication = cmp.Or(a.Publication, fallback.publication, r.opts.Publication)
	for _, date := range []string{a.Date, fallback.date, r.opts.Date} {
		if a.Date = r.believed(date); a.Date != "" {
			break
		}
	}
	a.Page = cmp.Or(a.Page, fallback.page, r.opts.Page)
	if reason := tooLarge(a); reason != "" {
		return r.reject(line, reason)
	}
	reason := illegible(a) // before control characters are removed, which tell more
	if err := a.Normalize(); err != nil {
		return r.reject(line, err.Error())
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	if err := cmp.Or(r.texts.add(a, line), r.tally.add()); err != nil {
		return err
	}
	return r.emit(Event{File: file, Article: a, Format: r.format})
}

// believed returns a date, or "" if it is after tomorrow in China: no paper is so early. A clock
// that is behind this program is wrong, and must not take the dates of an archive away.
func (r *fileReader) believed(date string) string {
	const written = "2026-11-30"
	if date == "" {
		return ""
	}
	tomorrow := r.opts.Now().In(beijing).AddDate(0, 0, 1).Format(news.DateLayout)
	if day, err := news.Day(date); err == nil && day > max(tomorrow, written) {
		r.tally.future++
		return ""
	}
	return date
}

var beijing = time.FixedZone("CST", 8*60*60)

// pathMetadata returns what the path of the input says about it. The absolute
// path counts, so that a page has the same date and id whichever folder was
// given.
func (r *fileReader) pathMetadata() pathMetadata {
	if r.in.Path == Stdin {
		return pathMetadata{}
	}
	path, err := filepath.Abs(r.in.Path)
	if err != nil {
		path = r.in.Path // there is no working folder: the given path has to do
	}
	return fromPath(
		strings.ReplaceAll(validName(path), insideMark, "/"),
		r.opts.Now().Year()+1,
	) // the first issues of a year may be made before it begins
}
