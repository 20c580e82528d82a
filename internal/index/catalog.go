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

// catalog.bin says which articles of its volumes a generation has and which of
// them are copies of one another. The magic; for each volume in order the
// uvarint of its articles that are gone, and for each of those the uvarint of
// its number less the one before it; then for each article that is there, in
// order, the uvarint of its group of near-duplicates: 0 for an article alone,
// else 1 + its number - that of the group's first article, and then its id, a
// uvarint length and bytes.
const (
	CatalogFile  = "catalog.bin"
	catalogMagic = "XWG1"
)

// Tombstones is the articles of a volume that a generation leaves out: replaced or
// removed. nil is none.
type Tombstones map[int]bool

func (g Tombstones) Has(article int) bool { return g[article] }

// Sorted lists them.
func (g Tombstones) Sorted() []int {
	out := make([]int, 0, len(g))
	for i := range g {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// Groups is which articles are copies of one another, by number.
type Groups struct {
	First []uint32          // the first article of its group; alone, itself
	ID    map[uint32]string // of the articles that are not alone
}

func WriteCatalog(path string, volumes []Tombstones, g Groups) error {
	return writeFile(path, catalogMagic, func(w *bufio.Writer) {
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

// readCatalog reads what writeCatalog wrote; sizes are the articles that each
// volume was built with, articles those that are there.
func readCatalog(path string, sizes []int, articles int) (volumes []Tombstones, g Groups, err error) {
	err = readFile(path, catalogMagic, func(r *bufio.Reader, _ int64) error {
		there := 0
		for i, size := range sizes {
			v, err := readGone(r, size)
			if err != nil {
				return fmt.Errorf("volume %d: %w", i, err)
			}
			volumes = append(volumes, v)
			there += size - len(v)
		}
		if there != articles {
			return fmt.Errorf("it leaves %d articles, the manifest says %d", there, articles)
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
			err = fmt.Errorf("article %d begins no group", first)
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

func readGone(r *bufio.Reader, size int) (Tombstones, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if n > uint64(size) {
		return nil, fmt.Errorf("%d of %d articles are gone", n, size)
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
			return nil, fmt.Errorf("article %d of %d is gone twice or was never there", at, size)
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
