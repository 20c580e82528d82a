package index

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"

	"xunwen/internal/neardup"
)

// pairs.bin has the similarities that grouping near-duplicates computed, so that a
// build that adds to the generation reads and compares only new pairs. After the
// magic, the uvarint number of pairs, and for each in ascending order the uvarint
// of its first article minus that of the previous pair, the uvarint of its second
// article, and the similarity as a float64 in little endian, 0 if they are not
// near-duplicates.
const (
	PairsFile  = "pairs.bin"
	pairsMagic = "XWL1"
)

// WritePairs writes pairs.bin.
func WritePairs(path string, known neardup.Similarities) error {
	pairs := make([]neardup.Pair, 0, len(known))
	for p := range known {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(x, y neardup.Pair) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return writeFile(path, pairsMagic, func(w *bufio.Writer) {
		b := binary.AppendUvarint(nil, uint64(len(pairs)))
		last := uint32(0)
		for _, p := range pairs {
			b = binary.AppendUvarint(b, uint64(p.A-last))
			b = binary.AppendUvarint(b, uint64(p.B))
			w.Write(binary.LittleEndian.AppendUint64(b, math.Float64bits(known[p])))
			last, b = p.A, b[:0]
		}
		w.Write(b)
	})
}

// ReadPairs reads pairs.bin of a generation with so many articles. Without the
// file it returns an empty map.
func ReadPairs(path string, articles int) (neardup.Similarities, error) {
	known := neardup.Similarities{}
	err := readFile(path, pairsMagic, func(r *bufio.Reader, _ int64) error {
		n, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		last := uint64(0)
		for range n {
			step, second, mean, err := readPair(r)
			if err != nil {
				return err
			}
			if last += step; last >= second || second >= uint64(articles) {
				return fmt.Errorf("a pair of articles %d and %d of %d", last, second, articles)
			}
			known[neardup.Pair{A: uint32(last), B: uint32(second)}] = mean
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return neardup.Similarities{}, nil
	}
	return known, err
}

func readPair(r *bufio.Reader) (step, second uint64, mean float64, err error) {
	if step, err = binary.ReadUvarint(r); err != nil {
		return 0, 0, 0, err
	}
	if second, err = binary.ReadUvarint(r); err != nil {
		return 0, 0, 0, err
	}
	var bits [8]byte
	_, err = io.ReadFull(r, bits[:])
	return step, second, math.Float64frombits(binary.LittleEndian.Uint64(bits[:])), err
}
