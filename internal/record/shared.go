package record

import (
	"bytes"
	"encoding/binary"
)

// Values that several articles have, such as dates and the beginnings of ids, are stored once
// in a table, from the second article on.
const (
	maxShared   = 1 << 16
	maxSeen     = 1 << 16 // values that are remembered to see them a second time
	leastShared = 3       // bytes of a value; what is shorter is no longer as a code
)

// sharing finds values that several articles have.
type sharing struct {
	numbers map[string]int // in table
	seen    map[string]bool
	table   []string
}

func newSharing() *sharing { return &sharing{numbers: map[string]int{}, seen: map[string]bool{}} }

// number returns the number of a value in the table. ok is false if it isn't there.
func (s *sharing) number(value []byte) (n int, ok bool) {
	if n, ok = s.numbers[string(value)]; ok || len(value) < leastShared || len(s.table) == maxShared {
		return n, ok
	}
	if !s.seen[string(value)] {
		if len(s.seen) == maxSeen {
			clear(s.seen)
		}
		s.seen[string(value)] = true
		return 0, false
	}
	delete(s.seen, string(value))
	n = len(s.table)
	s.table = append(s.table, string(value))
	s.numbers[string(value)] = n
	return n, true
}

// appendTo appends the table as parseShared reads it.
func (s *sharing) appendTo(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.table)))
	for _, value := range s.table {
		b = appendString(b, value)
	}
	return b
}

// parseShared reads what appendTo wrote, and reports whether it is valid.
func parseShared(b []byte) (table [][]byte, ok bool) {
	r := reader{rest: b}
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		return nil, false
	}
	table = make([][]byte, n)
	for i := range table {
		table[i] = r.string()
	}
	return table, !r.bad && len(r.rest) == 0
}

// shareable returns how much of the value of a member may be shared: all of it or, of id and
// address, what comes before the last part.
func shareable(member int, value []byte) int {
	if hasRest(member) {
		return bytes.LastIndexAny(value, "-_/") + 1
	}
	return len(value)
}

// appendValue appends the value of a member. Twice the size of its codes comes before them; or
// twice its number in the table plus 1, and then, of id and address, the rest of it.
func (c *coder) appendValue(b []byte, member int, value []byte) []byte {
	n := shareable(member, value)
	number, ok := c.shared.number(value[:n])
	if !ok {
		c.scratch = c.encoder.Append(c.scratch[:0], value)
		return append(binary.AppendUvarint(b, 2*uint64(len(c.scratch))), c.scratch...)
	}
	b = binary.AppendUvarint(b, 2*uint64(number)+1)
	if hasRest(member) {
		b = c.appendCoded(b, value[n:])
	}
	return b
}

// hasRest reports whether what follows a shared part of a member is there.
func hasRest(member int) bool { return member == memberID || member == memberURL }

// value reads the value of a member: the number of its shared part, none without one, and the
// codes of the rest.
func (r *reader) value(member int) (shared int, codes []byte) {
	n := r.uvarint()
	if n&1 == 0 {
		return none, r.bytes(n / 2)
	}
	if hasRest(member) {
		codes = r.string()
	}
	return int(min(n/2, maxShared)), codes
}

const none = -1
