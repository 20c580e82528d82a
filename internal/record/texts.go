package record

import "xunwen/internal/textcode"

// texts are the coded texts of a block of drafts, which are most of the work of a store: those
// of several blocks are coded at the same time.
type texts struct {
	codes []byte
	ends  []int // of texts that next didn't return
	start int   // of the first of them
}

// next returns the next text.
func (t *texts) next() []byte {
	end := t.ends[0]
	text := t.codes[t.start:end]
	t.start, t.ends = end, t.ends[1:]
	return text
}

// codedTexts is a block whose texts are coded when done is closed.
type codedTexts struct {
	block draft
	texts texts
	done  chan struct{}
}

// startCoding codes the texts of a block in a goroutine.
func startCoding(e *textcode.Encoder, b draft) *codedTexts {
	c := &codedTexts{block: b, done: make(chan struct{})}
	go func() {
		defer close(c.done)
		for rest := b; len(rest) > 0; {
			rest = rest.eachText(func(s []byte) {
				c.texts.codes = e.Append(c.texts.codes, s)
				c.texts.ends = append(c.texts.ends, len(c.texts.codes))
			})
		}
	}()
	return c
}

// eachText calls visit for the texts of a draft that encode adds, in their order, and returns
// what follows the draft.
func (d draft) eachText(visit func(s []byte)) (rest draft) {
	r := reader{rest: d}
	for i := range memberCount {
		if s := r.string(); i < titleCount && len(s) > 0 {
			visit(s)
		}
	}
	r.uvarint()
	for range r.uvarint() {
		visit(r.string())
		r.string()
		r.string()
	}
	return r.rest
}
