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

// likeness.bin is what comparing articles gave when they were grouped, so that
// a generation that adds to this one reads and compares only what is new: the
// magic, the uvarint of the pairs, and for each in rising order the uvarint of
// its first article less that of the pair before, the uvarint of its second,
// and the float64 in little endian of how alike the two are, 0 for no copies.
const (
	PairsFile  = "likeness.bin"
	pairsMagic = "XWL1"
)

func WritePairs(path string, known neardup.Known) error {
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

// ReadPairs reads what writeLikeness wrote of a generation of so many
// articles; nothing where there is no such file.
func ReadPairs(path string, articles int) (neardup.Known, error) {
	known := neardup.Known{}
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
		return neardup.Known{}, nil // a program wrote it that kept none
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
