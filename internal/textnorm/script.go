package textnorm

import "fmt"

// The blocks of nearly all Han characters in texts, and of nearly all
// traditional ones: from Extension A to the end of the unified ideographs.
const (
	firstNear = 0x3400
	afterNear = 0xA000
	// The other ideographs begin here: compatibility ideographs and further planes.
	firstFar = 0xF900
)

// Values of near that are not characters.
const (
	unchanged = 0 // the character folds to itself
	beyond    = 1 // the target is beyond the BMP: look it up in far
)

// script maps each character to what it folds to; nil folds none. With two bytes
// a character, what a text needs fits into a core's L1 cache.
type script struct {
	near [afterNear - firstNear]uint16
	far  map[rune]rune // sources outside near, and targets beyond the BMP
}

// NewFolder returns a Folder that also folds each character of table to its
// target. If a target has a target itself, the chain is followed to its end, so
// that folding twice changes nothing. NewFolder fails for a character that is
// not an ideograph and for a chain that leads back to its beginning.
func NewFolder(table map[rune]rune) (Folder, error) {
	s := &script{far: make(map[rune]rune)}
	for from := range table {
		to, err := follow(table, from)
		if err != nil {
			return Folder{}, err
		}
		switch {
		case to == from:
		case from < firstNear || from >= afterNear:
			s.far[from] = to
		case to > 0xFFFF:
			s.near[from-firstNear] = beyond
			s.far[from] = to
		default:
			s.near[from-firstNear] = uint16(to)
		}
	}
	return Folder{s}, nil
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
	return 0, fmt.Errorf("%c (%U) folds to itself through others", from, from)
}

// simplify returns what r folds to.
func (s *script) simplify(r rune) rune {
	switch {
	case s == nil:
		return r
	case r >= firstNear && r < afterNear:
		switch to := s.near[r-firstNear]; to {
		case unchanged:
			return r
		case beyond:
			return s.far[r]
		default:
			return rune(to)
		}
	case r < firstFar:
		return r
	}
	if to, ok := s.far[r]; ok {
		return to
	}
	return r
}
