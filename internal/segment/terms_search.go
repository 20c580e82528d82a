package segment

import "strings"

// search looks for a term among those of a block, without putting these together.
type search struct {
	term   string
	common int  // bytes that term shares with the last one that was read
	length int  // of the last one
	last   int  // its last character, if a difference may be that from it
	want   int  // the character of term in the same place, or one of the following
	moved  bool // last has changed since, so that more bytes may be common
}

const (
	unknown = -1
	none    = -2
)

// compare compares term with the next one of the block, by its difference from the one before,
// which is less than term.
func (s *search) compare(shared int, further []byte) int {
	if s.moved {
		s.common += sharedPrefix(appendCharacter(nil, s.last), s.term[s.common:])
	}
	s.moved, s.want = false, unknown
	s.length = shared + len(further)
	if n := len(further) - characterSize; n >= 0 {
		s.last = character(further[n:])
	}
	switch {
	case shared < s.common:
		return -1 // the next one is after term, as it differs earlier than the last one
	case shared > s.common:
		return 1
	}
	more := sharedPrefix(further, s.term[s.common:])
	s.common += more
	switch {
	case more == len(further):
		return min(len(s.term)-s.common, 1)
	case s.common == len(s.term) || further[more] > s.term[s.common]:
		return -1
	}
	return 1
}

// compareCharacter is compare where only the last characters differ, by a distance.
func (s *search) compareCharacter(distance int) int {
	s.last += distance
	before := s.length - characterSize
	if s.common < before || before < 0 {
		return 1
	}
	s.common, s.moved = before, true
	rest := s.term[before:]
	if s.want == unknown {
		s.want = none
		if len(rest) >= characterSize && isCharacter(rest) {
			s.want = character(rest)
		}
	}
	switch {
	case s.want == none:
		return strings.Compare(rest, string(appendCharacter(nil, s.last)))
	case s.last < s.want:
		return 1
	case s.last > s.want:
		return -1
	}
	return min(len(rest)-characterSize, 1)
}
