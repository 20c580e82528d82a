package engine

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/textnorm"
)

// signs remembers which documents hold a character that is in no term (a
// punctuation mark, a blank, an emoji), or two of them side by side. The first
// phrase of nothing else has all texts read; from then on such phrases cost what a
// term does. What was read when a request's time ends is kept, and the next one
// reads on. It takes some ten bytes a document.
type signs struct {
	turn chan struct{} // holds a token while nobody reads
	read int           // articles that were read, from the first on
	of   map[sign]*roaring.Bitmap
	more *roaring.Bitmap // who holds one for which of has no room
}

// sign is a character that is in no term, or two of them; folded text has no 0.
type sign [2]rune

const (
	// maxSigns bounds signs.of: news has some 2,000, but a text may have any
	// character.
	maxSigns = 10_000
	// signStride is how many articles are read between two looks at the time:
	// some 30 ms of work.
	signStride = 2048
)

func newSigns() *signs {
	s := &signs{turn: make(chan struct{}, 1), of: map[sign]*roaring.Bitmap{}, more: roaring.New()}
	s.turn <- struct{}{}
	return s
}

// isSign tells a character that is in no term.
func isSign(r rune) bool { return !textnorm.IsHan(r) && !textnorm.IsWordRune(r) }

// signed returns documents among which are all whose titles or texts contain a
// folded phrase of signs; exact says that they are no others. They must not be
// changed.
func (r *run) signed(phrase string) (docs *roaring.Bitmap, exact bool, err error) {
	s := r.signs
	select {
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	case <-r.ctx.Done():
		return nil, false, r.ctx.Err()
	}
	end := len(r.columns.Day)
	if s.read < end && r.within != nil && r.within.GetCardinality() <= fewCandidates {
		docs = roaring.New() // those few are sooner looked at
		docs.AddRange(0, uint64(len(r.columns.Article)))
		return docs, false, nil
	}
	for s.read < end {
		if err := r.readSigns(s.read, min(s.read+signStride, end)); err != nil {
			return nil, false, err
		}
	}
	docs, exact = s.holding([]rune(phrase))
	return docs, exact, nil
}

// holding returns documents among which are all that hold a phrase of signs; one
// sign or two are what is kept.
func (s *signs) holding(phrase []rune) (docs *roaring.Bitmap, exact bool) {
	held := []sign{{phrase[0]}}
	for i := 1; i < len(phrase); i++ {
		held = append(held, sign{phrase[i-1], phrase[i]})
	}
	exact = len(phrase) <= 2
	var sets []*roaring.Bitmap
	for _, h := range held {
		switch set, ok := s.of[h]; {
		case ok:
			sets = append(sets, set)
		case len(s.of) < maxSigns:
			return roaring.New(), true
		default:
			sets, exact = append(sets, s.more), false
		}
	}
	return roaring.FastAnd(sets...), exact
}

// readSigns adds what articles [from, to) hold, read by several goroutines.
func (r *run) readSigns(from, to int) error {
	n := min(lookers, runtime.GOMAXPROCS(0), to-from)
	found, errs := make([]map[sign][]uint32, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { found[i], errs[i] = r.signsOf(r.ctx, from+(to-from)*i/n, from+(to-from)*(i+1)/n) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, share := range found {
		for sign, docs := range share {
			r.signs.set(sign).AddMany(docs)
		}
	}
	r.signs.read = to
	return nil
}

// set is where the documents that hold a sign are kept.
func (s *signs) set(of sign) *roaring.Bitmap {
	set, ok := s.of[of]
	switch {
	case ok:
		return set
	case len(s.of) == maxSigns:
		return s.more
	}
	s.of[of] = roaring.New()
	return s.of[of]
}

// signsOf returns the documents of articles [from, to) by the signs they hold.
func (e *Engine) signsOf(ctx context.Context, from, to int) (map[sign][]uint32, error) {
	out := map[sign][]uint32{}
	for i := from; i < to; i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, err := e.records.Get(i)
		if err != nil {
			return nil, err
		}
		head, end := e.columns.documents(uint32(i))
		for doc := head; doc < end; doc++ {
			add := func(held sign) {
				if docs := out[held]; len(docs) == 0 || docs[len(docs)-1] != doc {
					out[held] = append(docs, doc)
				}
			}
			for _, text := range texts(&a, Grams, int(doc-head)) {
				before := rune(0)
				for _, r := range e.cut.FoldString(text) {
					if !isSign(r) {
						before = 0
						continue
					}
					add(sign{r})
					if before != 0 {
						add(sign{before, r})
					}
					before = r
				}
			}
		}
	}
	return out, nil
}

// sectioned returns the documents below a section whose heading contains a
// folded phrase.
func (r *run) sectioned(phrase string) *roaring.Bitmap {
	sections := r.columns.Values(Section)
	holds := make([]bool, len(sections.Names))
	for i, name := range sections.Names {
		holds[i] = strings.Contains(r.cut.FoldString(name), phrase)
	}
	out := roaring.New()
	for doc, name := range sections.Of {
		if holds[name] {
			out.Add(uint32(doc))
		}
	}
	return out
}
