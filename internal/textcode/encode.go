package textcode

// Encoder codes texts by a dictionary. It is safe for concurrent use.
type Encoder struct {
	strings *trie
	bytes   [bytesAlone]int32 // by byte, the number of the string
	alone   int32
}

// NewEncoder returns an Encoder for a dictionary of Train or Parse.
func NewEncoder(d *Dictionary) *Encoder {
	e := &Encoder{strings: newTrie(d.Len()), alone: int32(d.alone)}
	for i := range d.slots {
		s := d.Bytes(i)
		if len(s) == 1 {
			e.bytes[s[0]] = int32(i)
		}
		if _, size := character(s); size > 0 {
			e.strings.add(s, int32(i))
		}
	}
	return e
}

// Append appends the codes of a text.
func (e *Encoder) Append(to []byte, text []byte) []byte {
	for len(text) > 0 {
		number, n := e.strings.longest(text)
		if number == none {
			number, n = e.bytes[text[0]], 1
		}
		text = text[n:]
		if number < e.alone {
			to = append(to, byte(number))
			continue
		}
		number -= e.alone
		to = append(to, byte(e.alone+number>>8), byte(number))
	}
	return to
}
