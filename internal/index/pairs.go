package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"xunwen/internal/neardup"
)

// pairs.bin has what grouping near-duplicates found beside the groups, so that a build that adds
// to the generation reads and compares only what has changed. After the magic, compressed:
//
//   - the uvarint number of pairs that were compared, and for each in ascending order the uvarint
//     of its first article minus that of the previous pair, the uvarint of its second article, and
//     the similarity as a float64 in little endian, 0 if they are not near-duplicates;
//   - a bit for each article, the lowest of each byte first: it leads a group;
//   - the uvarint number of full hashes, and for each in ascending order the uvarint of it minus
//     the previous one, and of its last leader the uvarint size and uint64 hash of the text.
const (
	PairsFile  = "pairs.bin"
	pairsMagic = "XWL3"
)

// WritePairs writes pairs.bin.
func WritePairs(path string, s neardup.State) error {
	return writeCompressed(path, pairsMagic, func(w *bufio.Writer) {
		b := binary.AppendUvarint(nil, uint64(len(s.Pairs)))
		last := uint32(0)
		for _, p := range s.Pairs {
			b = binary.AppendUvarint(b, uint64(p.A-last))
			b = binary.AppendUvarint(b, uint64(p.B))
			w.Write(binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Mean)))
			last, b = p.A, b[:0]
		}
		for i, leads := range s.Leads {
			if i%8 == 0 {
				b = append(b, 0)
			}
			if leads {
				b[len(b)-1] |= 1 << (i % 8)
			}
		}
		b = binary.AppendUvarint(b, uint64(len(s.Full)))
		last = 0
		for _, f := range s.Full {
			b = binary.AppendUvarint(b, uint64(f.Hash-last))
			b = binary.AppendUvarint(b, uint64(f.Last.Size))
			b = binary.LittleEndian.AppendUint64(b, f.Last.Hash)
			last = f.Hash
		}
		w.Write(b)
	})
}

// ReadPairs reads pairs.bin of a generation with so many articles. ok is false without the file.
func ReadPairs(path string, articles int) (s neardup.State, ok bool, err error) {
	err = readCompressed(path, pairsMagic, func(r *bufio.Reader) (err error) {
		if s.Pairs, err = readPairs(r, articles); err != nil {
			return err
		}
		if s.Leads, err = readLeads(r, articles); err != nil {
			return err
		}
		s.Full, err = readFull(r)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return neardup.State{}, false, nil
	}
	return s, err == nil, err
}

// believedPairs is up to how many pairs their number is believed before they are read.
const believedPairs = 1 << 16

func readPairs(r *bufio.Reader, articles int) ([]neardup.Compared, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	pairs := make([]neardup.Compared, 0, min(n, believedPairs))
	last := uint64(0)
	for range n {
		step, second, mean, err := readPair(r)
		if err != nil {
			return nil, err
		}
		last += min(step, uint64(articles)) // a sum of damaged steps must not wrap around
		if last >= second || second >= uint64(articles) {
			return nil, fmt.Errorf("a pair of articles %d and %d of %d", last, second, articles)
		}
		p := neardup.Pair{A: uint32(last), B: uint32(second)}
		if k := len(pairs); k > 0 && pairs[k-1].A == p.A && pairs[k-1].B >= p.B {
			return nil, fmt.Errorf("pairs %v and %v are in the wrong order", pairs[k-1].Pair, p)
		}
		pairs = append(pairs, neardup.Compared{Pair: p, Mean: mean})
	}
	return pairs, nil
}

func readPair(r *bufio.Reader) (step, second uint64, mean float64, err error) {
	if step, err = binary.ReadUvarint(r); err != nil {
		return 0, 0, 0, err
	}
	if second, err = binary.ReadUvarint(r); err != nil {
		return 0, 0, 0, err
	}
	bits, err := readUint64(r)
	return step, second, math.Float64frombits(bits), err
}

func readUint64(r *bufio.Reader) (uint64, error) {
	var b [8]byte
	_, err := io.ReadFull(r, b[:])
	return binary.LittleEndian.Uint64(b[:]), err
}

func readLeads(r *bufio.Reader, articles int) ([]bool, error) {
	bits := make([]byte, (articles+7)/8)
	if _, err := io.ReadFull(r, bits); err != nil {
		return nil, err
	}
	leads := make([]bool, articles)
	for i := range leads {
		leads[i] = bits[i/8]&(1<<(i%8)) != 0
	}
	return leads, nil
}

func readFull(r *bufio.Reader) ([]neardup.FullHash, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	var full []neardup.FullHash
	last := uint64(0)
	for i := range n {
		step, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, err
		}
		hash, err := readUint64(r)
		if err != nil {
			return nil, err
		}
		if last += step; last > math.MaxUint32 || size > math.MaxUint32 || step == 0 && i > 0 {
			return nil, fmt.Errorf("a hash %d after a step of %d, with a text of %d characters", last, step, size)
		}
		full = append(full, neardup.FullHash{Hash: uint32(last), Last: neardup.TextKey{Size: uint32(size), Hash: hash}})
	}
	return full, nil
}
