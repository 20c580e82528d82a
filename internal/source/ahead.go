package source

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"xunwen/internal/news"
)

// Pages are read ahead, several at a time, since taking one apart is work for a
// core; what they give is handed on in the order of the inputs. Records stream:
// one file of them may be larger than memory.

// maxAhead bounds the pages that are read at a time, and with maxPage the memory
// that they take.
const maxAhead = 8

// event is one thing that reading an input gave.
type event struct {
	article *news.Article // nil for the others
	origin  *Origin       // nil for a reject
	reject  Reject
}

// outcome is an input that is being read ahead.
type outcome struct {
	path   string
	events []event
	err    error
	done   chan struct{} // closed when the others are final
}

// ahead reads inputs before their turn.
type ahead struct {
	ctx     context.Context
	inputs  []Input
	opts    Options
	started int
	pending map[int]*outcome
	running sync.WaitGroup
	window  int
}

func newAhead(ctx context.Context, inputs []Input, opts Options) *ahead {
	return &ahead{ctx: ctx, inputs: inputs, opts: opts, pending: map[int]*outcome{},
		window: min(maxAhead, 2*runtime.GOMAXPROCS(0))} // a slow page must not idle the others
}

// take returns input i's outcome, nil where it must be read in its turn. It
// begins to read the inputs behind i.
func (a *ahead) take(i int) *outcome {
	for ; a.started < min(i+a.window, len(a.inputs)); a.started++ {
		if in := a.inputs[a.started]; a.wanted(in) {
			a.pending[a.started] = a.start(in)
		}
	}
	o := a.pending[i]
	delete(a.pending, i)
	return o
}

// wanted tells whether an input is read as a whole, going by its name. What is
// explained is told in order, from one goroutine.
func (a *ahead) wanted(in Input) bool {
	if a.opts.Explain != nil || in.problem != "" || in.Path == Stdin {
		return false
	}
	ext, _ := nameParts(in.Path)
	format, reason := formatByName(in, ext, a.opts.Format)
	return reason == "" && wholly(format)
}

// wholly tells whether a file of the format is read as a whole, by one core
// alone.
func wholly(f Format) bool { return f == Page || f == HTML }

// errInTurn says that an input is none to read ahead, whatever its name says.
var errInTurn = errors.New("to be read in its turn")

func (a *ahead) start(in Input) *outcome {
	o := &outcome{path: in.Path, done: make(chan struct{})}
	r := reading{ctx: a.ctx, in: in, opts: a.opts, ahead: true,
		emit:   func(article *news.Article) error { o.events = append(o.events, event{article: article}); return nil },
		reject: func(reject Reject) { o.events = append(o.events, event{reject: reject}) },
	}
	r.opts.Sure = nil // hand tells it
	if a.opts.Origin != nil {
		r.origin = func(origin Origin) { o.events = append(o.events, event{origin: &origin}) }
	}
	a.running.Go(func() {
		defer close(o.done)
		o.err = r.read()
	})
	return o
}

// hand gives on what an input gave, once it is all there.
func (o *outcome) hand(emit func(*news.Article) error, reject func(Reject), opts *Options) error {
	<-o.done
	for _, e := range o.events {
		switch {
		case e.article != nil:
			if opts.Sure != nil {
				opts.Sure(o.path, e.article.Confidence)
			}
			if err := emit(e.article); err != nil {
				return err
			}
		case e.origin != nil:
			opts.Origin(*e.origin)
		default:
			reject(e.reject)
		}
	}
	return o.err
}
