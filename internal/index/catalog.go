package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"xunwen/internal/news"
)

// catalog.bin has the tombstones of a generation and its groups of
// near-duplicates, compressed after the magic: for each volume in order: the uvarint number
// of its deleted articles, and for each of those the uvarint of its number minus
// the previous one. Then, for each other article in order, the uvarint of its
// group: 0 for an article alone, else 1 + its number - that of the group's first
// article, followed by its id, a uvarint length and bytes.
const (
	CatalogFile  = "catalog.bin"
	catalogMagic = "XWG2"
)

// Tombstones are the deleted articles of a volume: those that were replaced or
// removed. nil is none.
type Tombstones map[int]bool

// Has reports whether an article is deleted.
func (g Tombstones) Has(article int) bool { return g[article] }

// Sorted lists them in ascending order.
func (g Tombstones) Sorted() []int {
	out := make([]int, 0, len(g))
	for i := range g {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// Groups are the near-duplicates of a generation, by number.
type Groups struct {
	First []uint32          // the first article of its group; alone, itself
	ID    map[uint32]string // of the articles that are not alone
}

// WriteCatalog writes catalog.bin.
func WriteCatalog(path string, volumes []Tombstones, g Groups) error {
	return writeCompressed(path, catalogMagic, func(w *bufio.Writer) {
		var b []byte
		for _, v := range volumes {
			b = binary.AppendUvarint(b, uint64(len(v)))
			last := 0
			for _, i := range v.Sorted() {
				b = binary.AppendUvarint(b, uint64(i-last))
				last = i
			}
		}
		w.Write(b)
		for i, first := range g.First {
			id, ok := g.ID[uint32(i)]
			if !ok {
				w.WriteByte(0)
				continue
			}
			b = binary.AppendUvarint(b[:0], 1+uint64(i)-uint64(first))
			b = binary.AppendUvarint(b, uint64(len(id)))
			w.Write(append(b, id...))
		}
	})
}

// readCatalog reads catalog.bin. sizes are the numbers of articles that each volume
// was built with, articles is the number of those that are not deleted.
func readCatalog(path string, sizes []int, articles int) (volumes []Tombstones, g Groups, err error) {
	err = readCompressed(path, catalogMagic, func(r *bufio.Reader) error {
		alive := 0
		for i, size := range sizes {
			v, err := readTombstones(r, size)
			if err != nil {
				return fmt.Errorf("volume %d: %w", i, err)
			}
			volumes = append(volumes, v)
			alive += size - len(v)
		}
		if alive != articles {
			return fmt.Errorf("it has %d articles, the manifest says %d", alive, articles)
		}
		g, err = readGroups(r, articles)
		return err
	})
	if err != nil {
		return nil, Groups{}, err
	}
	return volumes, g, nil
}

func readGroups(r *bufio.Reader, articles int) (Groups, error) {
	g := Groups{make([]uint32, articles), map[uint32]string{}}
	for i := range g.First {
		first, id, err := readGroup(r, i)
		if err == nil && g.First[first] != first && int(first) != i {
			err = fmt.Errorf("article %d is not the first of a group", first)
		}
		if err != nil {
			return Groups{}, fmt.Errorf("article %d: %w", i, err)
		}
		g.First[i] = first
		if id != "" {
			g.ID[uint32(i)] = id
		}
	}
	return g, nil
}

func readTombstones(r *bufio.Reader, size int) (Tombstones, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if n > uint64(size) {
		return nil, fmt.Errorf("%d of %d articles are deleted", n, size)
	}
	v := Tombstones{}
	at := uint64(0)
	for range n {
		step, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, err
		}
		at += step
		if at >= uint64(size) || v[int(at)] {
			return nil, fmt.Errorf("article %d of %d is deleted twice or does not exist", at, size)
		}
		v[int(at)] = true
	}
	return v, nil
}

func readGroup(r *bufio.Reader, number int) (first uint32, id string, err error) {
	back, err := binary.ReadUvarint(r)
	if err != nil || back == 0 {
		return uint32(number), "", err
	}
	if back > uint64(number)+1 {
		return 0, "", errors.New("its group begins before the first article")
	}
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, "", err
	}
	if size == 0 || size > news.MaxID {
		return 0, "", fmt.Errorf("an id of %d bytes", size)
	}
	b := make([]byte, size)
	_, err = io.ReadFull(r, b)
	return uint32(uint64(number) + 1 - back), string(b), err
}
