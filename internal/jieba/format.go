package jieba

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The binary form of a Segmenter has everything that it looks up, so that reading it
// takes milliseconds. All numbers are little-endian, log probabilities 64-bit floats:
//
//	| version        4 bytes | characters C, weights W, entries E: 4 bytes each |
//	| characters     4 C     | those beyond ASCII, in the order of their ids    |
//	| weights        8 W     |                                                  |
//	| first weights  8 N     | N = C + 129: by id, 0 for unknown characters     |
//	| first nodes    4 N     |                                                  |
//	| first flags    1 N     |                                                  |
//	| entries        8 E     | in the order of the table                        |
//	| start          32      |                                                  |
//	| transitions    128     |                                                  |
//	| emissions      32 N    | by id                                            |
//
// It has no checksum of its own.
const formatVersion = 1

// The flags of a first character.
const (
	flagWord = 1 << iota
	flagUser
)

// counts are the sizes of the tables.
type counts struct{ Version, Characters, Weights, Entries uint32 }

// ErrFormat means that data is not the binary form of a Segmenter.
var ErrFormat = errors.New("not a segmenter in binary form")

// AppendBinary appends the binary form of a segmenter to dst. It implements
// encoding.BinaryAppender.
func (s *Segmenter) AppendBinary(dst []byte) ([]byte, error) {
	characters := s.alphabet.characters()
	var entries []uint64
	for _, e := range s.trie.table {
		if e != 0 {
			entries = append(entries, e)
		}
	}
	weights := make([]float64, len(s.trie.first))
	nodes := make([]uint32, len(s.trie.first))
	flags := make([]uint8, len(s.trie.first))
	for id, f := range s.trie.first {
		weights[id], nodes[id] = f.weight, f.node
		if f.isWord {
			flags[id] |= flagWord
		}
		if f.isUser {
			flags[id] |= flagUser
		}
	}
	var err error
	for _, part := range []any{
		counts{formatVersion, uint32(len(characters)), uint32(len(s.trie.weights)), uint32(len(entries))},
		characters, s.trie.weights, weights, nodes, flags, entries,
		s.hmm.start, s.hmm.transitions, s.hmm.emissions,
	} {
		if dst, err = binary.Append(dst, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// Load reads the binary form of a segmenter. It does not keep data.
func Load(data []byte) (*Segmenter, error) {
	var c counts
	r := reader{data: data}
	r.read(&c)
	if c.Version != formatVersion {
		return nil, fmt.Errorf("%w of version %d", ErrFormat, formatVersion)
	}
	n := uint64(c.Characters) + lastASCII + 1
	need := 4*uint64(c.Characters) + 8*uint64(c.Weights) + (8+4+1+32)*n + 8*uint64(c.Entries) + 32 + 128
	if need != uint64(len(r.data)) || c.Weights > maxNodes {
		return nil, fmt.Errorf("%w: %d bytes of tables, want %d", ErrFormat, len(r.data), need)
	}
	characters := make([]rune, c.Characters)
	t := trie{weights: make([]float64, c.Weights), first: make([]firstNode, n)}
	h := hmm{emissions: make([]Probabilities, n)}
	weights, nodes, flags := make([]float64, n), make([]uint32, n), make([]uint8, n)
	entries := make([]uint64, c.Entries)
	for _, part := range []any{
		characters, t.weights, weights, nodes, flags, entries, &h.start, &h.transitions, h.emissions,
	} {
		r.read(part)
	}
	if r.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, r.err)
	}
	a, err := numberCharacters(characters)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	for id := range t.first {
		t.first[id] = firstNode{weights[id], nodes[id], flags[id]&flagWord != 0, flags[id]&flagUser != 0}
	}
	t.allocate(len(entries))
	for _, e := range entries {
		t.insert(e)
	}
	if err := t.check(entries); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return &Segmenter{alphabet: a, trie: t, hmm: h}, nil
}

// check reports what in a trie that was read would lead out of its tables.
func (t *trie) check(entries []uint64) error {
	for _, f := range t.first {
		if int(f.node) >= len(t.weights) || math.IsNaN(f.weight) {
			return errors.New("a first character is out of range")
		}
	}
	for _, e := range entries {
		if e&nextMask >= uint64(len(t.weights)) {
			return errors.New("an entry is out of range")
		}
	}
	return nil
}

// reader reads one part of the data after the other.
type reader struct {
	data []byte
	err  error
}

func (r *reader) read(part any) {
	if r.err == nil {
		var n int
		n, r.err = binary.Decode(r.data, binary.LittleEndian, part)
		r.data = r.data[n:]
	}
}
