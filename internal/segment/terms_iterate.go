package segment

// TermIterator reads terms in byte order:
//
//	for it := field.Terms("", ""); it.Next(); { it.Bytes(); it.Term() }
//	if err := it.Err(); …
type TermIterator struct {
	field   *Field
	block   int
	index   int          // of the next term in the block
	r       varintReader // the block
	list    uint64       // where the next list begins
	bytes   []byte
	shared  int
	current Term
	ready   bool // Seek has read what Next is to return
	to      string
	err     error
}

// Terms returns an iterator over the terms from from, included, to to, excluded; "" is no
// bound.
func (f *Field) Terms(from, to string) *TermIterator {
	it := &TermIterator{field: f, to: to}
	it.Seek(from)
	return it
}

// Seek moves the iterator, so that Next reads the first term that is not before term.
func (it *TermIterator) Seek(term string) {
	it.ready = false
	block, err := it.field.find(term)
	if err != nil {
		it.err = err
		return
	}
	it.block = max(block, 0)
	it.index = 0
	if term == "" {
		return
	}
	for it.read() {
		if string(it.bytes) >= term {
			it.ready = true
			return
		}
	}
}

// Next moves the iterator to the next term, and reports whether there is one.
func (it *TermIterator) Next() bool {
	if !it.ready && !it.read() {
		return false
	}
	it.ready = false
	return it.to == "" || string(it.bytes) < it.to
}

// Bytes returns the current term. It is valid until the next call.
func (it *TermIterator) Bytes() []byte { return it.bytes }

// Shared returns how many bytes, at least, the current term has in common with the one that
// was read before.
func (it *TermIterator) Shared() int { return it.shared }

// Term returns what the dictionary says about the current term.
func (it *TermIterator) Term() Term { return it.current }

// Err returns the error that ended the iteration.
func (it *TermIterator) Err() error { return it.err }

// read reads the next term.
func (it *TermIterator) read() bool {
	f := it.field
	ordinal := it.block*termsPerBlock + it.index
	if it.err != nil || ordinal >= f.Len() {
		return false
	}
	if f.has(flagNumbered) {
		it.bytes, it.shared, it.current = f.appendNumbered(it.bytes[:0], uint32(ordinal)), 0, f.numbered(ordinal)
		it.index++
		return true
	}
	if it.index == 0 {
		b, err := f.block(it.block)
		if err != nil {
			it.err = err
			return false
		}
		it.r = varintReader{src: b}
		it.list = it.r.uvarint()
		it.bytes = it.bytes[:0]
	}
	valid := false
	if d := it.r.distance(); d > 0 {
		valid = it.moveCharacter(d)
	} else {
		valid = it.append(it.r.difference())
	}
	it.current = Term{field: f, Ordinal: ordinal}
	it.r.entry(&it.current, it.list)
	if it.r.failed || !valid {
		it.err = f.invalid(it.block)
		return false
	}
	it.list += it.current.list.size
	if it.index++; it.index == termsPerBlock {
		it.block, it.index = it.block+1, 0
	}
	return true
}

// append makes the next term of what the one before shares with it, and further bytes. It
// returns false if that can't be one.
func (it *TermIterator) append(shared int, further []byte) bool {
	if shared > len(it.bytes) {
		return false
	}
	it.bytes, it.shared = append(it.bytes[:shared], further...), shared
	return true
}

// moveCharacter makes the next term of the one before by replacing its last character.
func (it *TermIterator) moveCharacter(distance int) bool {
	it.shared = len(it.bytes) - characterSize
	if it.shared < 0 {
		return false
	}
	next := character(it.bytes[it.shared:]) + distance
	it.bytes = appendCharacter(it.bytes[:it.shared], next)
	return next <= lastCharacter
}
