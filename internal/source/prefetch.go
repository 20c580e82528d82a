package source

import (
	"context"
	"errors"
	"os"
	"runtime"
	"sync"

	"xunwen/internal/source/html"
	"xunwen/internal/source/markdown"
)

// Analysing a page keeps one core busy, so several pages are read concurrently,
// ahead of their turn; their events are yielded in the order of the inputs.
// Files of article records are streamed in their turn instead: one of them may
// be larger than memory.

// maxPrefetch bounds the pages that are read concurrently; maxAhead bounds their bytes.
const maxPrefetch = 8

// errNotPrefetched reports that an input has to be read in its turn, whatever
// its name suggests.
var errNotPrefetched = errors.New("not a page: read it in its turn")

// prefetcher reads inputs ahead of their turn.
type prefetcher struct {
	inputs  []Input
	opts    Options
	window  int
	ahead   int64 // bytes of those that are pending
	started int   // inputs before it are being read, or were skipped
	pending map[int]*prefetched
	running sync.WaitGroup
}

// prefetched is what reading an input ahead of its turn gave.
type prefetched struct {
	size   int64
	events []Event
	err    error
	done   chan struct{} // closed when events and err are final
}

func newPrefetcher(inputs []Input, opts Options) *prefetcher {
	return &prefetcher{
		inputs:  inputs,
		opts:    opts,
		window:  min(maxPrefetch, 2*runtime.GOMAXPROCS(0)), // a slow page must not idle the other cores
		pending: map[int]*prefetched{},
	}
}

// take starts reading the inputs that follow input i and returns the result for
// i itself, or nil if it has to be read in its turn.
func (p *prefetcher) take(ctx context.Context, i int) *prefetched {
	for ; p.started < min(i+p.window, len(p.inputs)); p.started++ {
		in := p.inputs[p.started]
		if !p.eligible(in) {
			continue
		}
		size := sizeAhead(in)
		if p.started > i && p.ahead+size > maxAhead {
			break
		}
		p.ahead += size
		p.pending[p.started] = p.start(ctx, in, size)
	}
	result := p.pending[i]
	if result != nil {
		delete(p.pending, i)
		p.ahead -= result.size
	}
	return result
}

// sizeAhead returns how many bytes reading an input takes at most: what a compressed one holds
// shows only then.
func sizeAhead(in Input) int64 {
	ext, packed := nameParts(in.Path)
	most := int64(maxText)
	switch byExtension[ext] {
	case HTML:
		most = html.MaxPage
	case Markdown:
		most = markdown.MaxSize
	}
	info, err := os.Stat(in.Path)
	if packed != uncompressed || err != nil {
		return most
	}
	return min(info.Size(), most)
}

// wait waits for the goroutines to end; cancel their context first.
func (p *prefetcher) wait() { p.running.Wait() }

// eligible reports whether an input is read as a whole, judging by its name.
func (p *prefetcher) eligible(in Input) bool {
	if in.problem != "" || in.Path == Stdin {
		return false
	}
	ext, _ := nameParts(in.Path)
	format, reason := formatByName(in, ext, p.opts.Format)
	return reason == "" && readAsWhole(format)
}

// readAsWhole reports whether files of the format are read into memory and
// analysed on one core.
func readAsWhole(f Format) bool { return f == Page || f == HTML || f == Markdown }

func (p *prefetcher) start(ctx context.Context, in Input, size int64) *prefetched {
	result := &prefetched{size: size, done: make(chan struct{})}
	r := fileReader{in: in, opts: p.opts, prefetching: true, tally: &tally{}, texts: &texts{}}
	r.emit = func(e Event) error {
		result.events = append(result.events, e)
		return nil
	}
	p.running.Go(func() {
		defer close(result.done)
		result.err = r.read(ctx)
	})
	return result
}

// replay waits for the result and passes its events on.
func (p *prefetched) replay(emit func(Event) error) error {
	<-p.done
	for _, e := range p.events {
		if err := emit(e); err != nil {
			return err
		}
	}
	return p.err
}
