package textnorm

import "fmt"

// Where nearly all Han characters of a text stand, and nearly all traditional
// ones: from Extension A to the end of the unified ideographs.
const (
	firstNear = 0x3400
	afterNear = 0xA000
	// The others stand from here on: compatibility ideographs and further planes.
	firstFar = 0xF900
)

// What near holds besides a character.
const (
	unchanged = 0 // it folds to itself
	beyond    = 1 // far has it: the target is beyond the BMP
)

// script says what each character folds to; nil folds none. Two bytes a
// character keep what a text needs in a core's first cache.
type script struct {
	near [afterNear - firstNear]uint16
	far  map[rune]rune // sources outside of near, and targets beyond the BMP
}

// NewFolder returns a Folder that also folds each character of table to its
// target. A target that has one itself is followed to the end, so that folding
// twice changes nothing more. An error says that a character is no ideograph,
// or leads back to itself.
func NewFolder(table map[rune]rune) (Folder, error) {
	t := &script{far: make(map[rune]rune)}
	for from := range table {
		to, err := follow(table, from)
		if err != nil {
			return Folder{}, err
		}
		switch {
		case to == from:
		case from < firstNear || from >= afterNear:
			t.far[from] = to
		case to > 0xFFFF:
			t.near[from-firstNear] = beyond
			t.far[from] = to
		default:
			t.near[from-firstNear] = uint16(to)
		}
	}
	return Folder{t}, nil
}

// follow returns where a chain of targets ends.
func follow(table map[rune]rune, from rune) (rune, error) {
	at := from
	for range len(table) + 1 {
		if at < firstNear || !IsHan(at) {
			return 0, fmt.Errorf("%c (%U) folds to %c (%U): want ideographs", from, from, at, at)
		}
		to, ok := table[at]
		if !ok || to == at {
			return at, nil
		}
		at = to
	}
	return 0, fmt.Errorf("%c (%U) folds to itself by way of others", from, from)
}

// simplify returns what r folds to.
func (t *script) simplify(r rune) rune {
	switch {
	case t == nil:
		return r
	case r >= firstNear && r < afterNear:
		switch to := t.near[r-firstNear]; to {
		case unchanged:
			return r
		case beyond:
			return t.far[r]
		default:
			return rune(to)
		}
	case r < firstFar:
		return r
	}
	if to, ok := t.far[r]; ok {
		return to
	}
	return r
}
