package source

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/jsonl"
	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

// Options say how to read. The zero value finds everything out.
type Options struct {
	Format Format // "" means Auto

	// What a file doesn't say. A page's own furniture comes first, then its
	// path, then these; of a record, its own members, then these.
	Publication, Date, Page string

	Encoding charset.Encoding // "" means charset.Auto

	Lenient bool      // pass over members that no record has
	Stdin   io.Reader // read where an input is Stdin

	// CacheDir is where the compiled reader of PDFs is kept between runs; "" for
	// nowhere, which costs each run with a PDF some 2 seconds.
	CacheDir string

	Now func() time.Time // bounds the years in paths; nil for time.Now

	// Origin, if not nil, is told of each file that was read, rejects in it or
	// not, once all that it gave was emitted.
	Origin func(Origin)

	// Explain, if not nil, is told what each line of a page was read as; in a PDF
	// of several, file says which page.
	Explain func(file string, blocks []page.Block)

	// Sure, if not nil, is told before each article is emitted how sure its limits
	// are, and in which file: the path by which it can be opened, or what a record
	// says that it was taken from.
	Sure func(file string, confidence float64)
}

// Read gives every article of the inputs to emit, in the order of the inputs,
// and every file or line that can't be read to reject. Both, and Origin, are
// called from Read's own goroutine. Read ends early only with emit's error or ctx's.
func Read(ctx context.Context, inputs []Input, opts Options, emit func(*news.Article) error, reject func(Reject)) error {
	opts.Format = cmp.Or(opts.Format, Auto)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	engine := pdf.NewEngine(opts.CacheDir) // starts with the first PDF
	defer engine.Close()                   // nothing of the articles depends on it any more
	ctx, cancel := context.WithCancel(ctx)
	ahead := newAhead(ctx, inputs, opts)
	defer ahead.running.Wait()
	defer cancel()
	for i, in := range inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if o := ahead.take(i); o != nil {
			err := o.hand(emit, reject, &opts)
			if err == nil {
				continue
			}
			if !errors.Is(err, errInTurn) {
				return err
			}
		}
		r := reading{ctx: ctx, in: in, opts: opts, engine: engine, emit: emit, reject: reject, origin: opts.Origin}
		if err := r.read(); err != nil {
			return err
		}
	}
	return nil
}

// reading is one input on its way.
type reading struct {
	ctx    context.Context
	in     Input
	opts   Options
	engine *pdf.Engine
	emit   func(*news.Article) error
	reject func(Reject)
	origin func(Origin) // may be nil
	ahead  bool         // before its turn
}

func (r *reading) refuse(line int, reason string) {
	r.reject(Reject{File: r.in.Path, Line: line, Reason: reason})
}

func (r *reading) read() error {
	if r.in.problem != "" {
		r.refuse(1, r.in.problem)
		return nil
	}
	ext, _ := nameParts(r.in.Path)
	format, reason := formatByName(r.in, ext, r.opts.Format)
	if reason != "" {
		r.refuse(1, reason)
		return nil
	}
	s, err := open(r.ctx, r.in, r.opts.Stdin)
	if err != nil {
		r.refuse(1, err.Error())
		return nil
	}
	defer s.Close() // only reads: nothing is lost by a failing close
	if err := r.content(s, format); err != nil || r.origin == nil {
		return err
	}
	if o, ok := s.raw.origin(r.in.Path); ok {
		r.origin(o)
	}
	return r.ctx.Err()
}

// content reads an opened input whose name says format.
func (r *reading) content(s *stream, format Format) error {
	if r.opts.Format == Auto {
		head := s.head()
		var reason string
		if format, reason = settle(format, head, charset.Prefix(head, r.opts.Encoding)); reason != "" {
			r.refuse(1, reason)
			return nil
		}
	}
	if r.ahead && !wholly(format) {
		return errInTurn
	}
	switch format {
	case JSONL:
		return r.records(s)
	case HTML:
		return r.html(s)
	case PDF:
		return r.pdf(s)
	}
	return r.page(s)
}

func (r *reading) records(s *stream) error {
	in := jsonl.NewReader(charset.NewLines(s.Reader, r.opts.Encoding), r.opts.Lenient)
	for {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		a, err := in.Next()
		var bad *jsonl.RecordError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &bad):
			r.refuse(bad.Line, bad.Reason.Error())
			continue
		case err != nil:
			r.refuse(in.Line(), s.readError(err))
			return r.ctx.Err()
		}
		if err := r.deliver(a, issue{}, in.Line()); err != nil {
			return err
		}
	}
}

// deliver fills in what an article doesn't say, gives it its id and emits it.
func (r *reading) deliver(a *news.Article, where issue, line int) error {
	file := cmp.Or(a.File, r.in.Path) // only records come with a File
	if r.in.Path != Stdin {
		a.File = cmp.Or(a.File, r.in.Name)
	}
	a.Publication = cmp.Or(a.Publication, where.publication, r.opts.Publication)
	a.Date = cmp.Or(a.Date, where.date, r.opts.Date)
	a.Page = cmp.Or(a.Page, where.page, r.opts.Page)
	if err := a.Normalize(); err != nil {
		r.refuse(line, err.Error())
		return nil
	}
	if r.opts.Sure != nil {
		r.opts.Sure(file, a.Confidence)
	}
	return r.emit(a)
}

// place is what the path of the input says about it. The whole path counts, so
// that a page has the same date and id from whichever folder it is named.
func (r *reading) place() issue {
	if r.in.Path == Stdin {
		return issue{}
	}
	path, err := filepath.Abs(r.in.Path)
	if err != nil {
		path = r.in.Path // without a working folder the given part has to do
	}
	return fromPath(path, r.opts.Now().Year()+1) // a the issues of a turn of the year may be made ahead
}
