package index

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"xunwen/internal/segment"
)

// columns.bin has, after the magic and a head, the columns of a volume, each an array of packed
// numbers (segment.AppendNumbers):
//
//	head        uint32 articles, documents, items
//	days        by article: the difference from the one before, zigzag-encoded
//	documents   by article: how many it has
//	characters  by article
//	words       by document: its length
//	grams       by document: its length
//	items       the documents that begin items of round-ups, in order: the difference from the
//	            one before
//	sequence    by article: its place in the order in which they were read
const (
	ColumnsFile  = "columns.bin"
	columnsMagic = "XWC8"
	columnsHead  = len(columnsMagic) + 12
)

// ArticleColumns are the columns of one article.
type ArticleColumns struct {
	Day        int32
	Characters uint32
	Documents  []DocumentColumns // by paragraph, the head first
	Items      []uint32          // of a round-up: the documents that begin them, from the head's 0
	Sequence   uint32            // its place among the volume's articles in the order in which they were read
}

// DocumentColumns are the columns of one document.
type DocumentColumns struct {
	Words, Grams uint32 // tokens
}

// WriteColumns writes columns.bin.
func WriteColumns(path string, articles []ArticleColumns) error {
	var days, documents, characters, words, grams, items, sequence []uint32
	day, item := int32(0), uint32(0)
	for _, a := range articles {
		for _, doc := range a.Items {
			doc += uint32(len(words))
			items, item = append(items, doc-item), doc
		}
		for _, d := range a.Documents {
			words, grams = append(words, d.Words), append(grams, d.Grams)
		}
		days, day = append(days, zigzag(a.Day-day)), a.Day
		documents = append(documents, uint32(len(a.Documents)))
		characters, sequence = append(characters, a.Characters), append(sequence, a.Sequence)
	}
	return writeFile(path, columnsMagic, func(w *bufio.Writer) {
		var b []byte
		for _, n := range []int{len(days), len(words), len(items)} {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
		for _, numbers := range [][]uint32{days, documents, characters, words, grams, items, sequence} {
			b = segment.AppendNumbers(b, numbers)
		}
		w.Write(b)
	})
}

// Differences of days wrap around.
func zigzag(v int32) uint32   { return uint32(v)<<1 ^ uint32(v>>31) }
func unzigzag(v uint32) int32 { return int32(v>>1) ^ -int32(v&1) }

// column is an array of numbers in memory.
type column []uint32

func (c column) len() int        { return len(c) }
func (c column) at(i int) uint32 { return c[i] }

// appendTo appends the numbers [from, to).
func (c column) appendTo(out []uint32, from, to int) []uint32 { return append(out, c[from:to]...) }

// seek returns the index of the first number that is at least n, of numbers in order.
func (c column) seek(n uint32) int {
	i, _ := slices.BinarySearch(c, n)
	return i
}

// volumeColumns are the columns of a volume.
type volumeColumns struct{ days, ends, characters, words, grams, items, sequence column }

// ReadSequence returns the places of a volume's articles in the order in which they were read,
// without deleted ones.
func ReadSequence(generation string, v *Volume) ([]uint32, error) {
	c, err := readColumns(filepath.Join(v.Dir(generation), ColumnsFile), v.Articles)
	if err != nil {
		return nil, err
	}
	list := v.Alive()
	for i, a := range list {
		list[i] = c.sequence.at(int(a))
	}
	return list, nil
}

// documents returns the number of the volume's documents.
func (c volumeColumns) documents() int { return c.words.len() }

// readColumns reads columns.bin of n articles.
func readColumns(path string, n int) (volumeColumns, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return volumeColumns{}, err
	}
	c, err := parseColumns(data, n)
	if err != nil {
		return volumeColumns{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func parseColumns(data []byte, n int) (volumeColumns, error) {
	if len(data) < columnsHead || string(data[:len(columnsMagic)]) != columnsMagic {
		return volumeColumns{}, fmt.Errorf("it does not begin with %s", columnsMagic)
	}
	head := data[len(columnsMagic):]
	articles, documents, items := binary.LittleEndian.Uint32(head), binary.LittleEndian.Uint32(head[4:]),
		binary.LittleEndian.Uint32(head[8:])
	if int64(articles) != int64(n) {
		return volumeColumns{}, fmt.Errorf("it has %d articles, not %d", articles, n)
	}
	if uint64(max(articles, documents, items)) > numbersPerByte*uint64(len(data)) {
		return volumeColumns{}, fmt.Errorf("%d bytes are not what its head describes", len(data))
	}
	var c volumeColumns
	at, size := columnsHead, len(data)
	data = append(data, make([]byte, segment.NumbersPadding)...)
	for _, of := range []struct {
		to     *column
		number uint32
	}{
		{&c.days, articles}, {&c.ends, articles}, {&c.characters, articles},
		{&c.words, documents}, {&c.grams, documents}, {&c.items, items},
		{&c.sequence, articles},
	} {
		*of.to = make(column, of.number)
		used, err := segment.ReadNumbers(*of.to, data[at:], size-at)
		if err != nil {
			return volumeColumns{}, err
		}
		at += used
	}
	if at != size {
		return volumeColumns{}, fmt.Errorf("%d bytes are not what its head describes", size)
	}
	c.addUp()
	return c, c.check()
}

// addUp replaces differences by sums.
func (c volumeColumns) addUp() {
	day, end, item := int32(0), uint32(0), uint32(0)
	for i := range c.days {
		day += unzigzag(c.days[i])
		end += c.ends[i]
		c.days[i], c.ends[i] = uint32(day), end
	}
	for i := range c.items {
		item += c.items[i]
		c.items[i] = item
	}
}

// numbersPerByte is at most how many packed numbers a byte of the file has.
const numbersPerByte = 128

// check returns an error unless each article has a document, and items are in order.
func (c volumeColumns) check() error {
	last := uint32(0)
	for i := range c.ends.len() {
		end := c.ends.at(i)
		if end <= last {
			return fmt.Errorf("article %d has no document", i)
		}
		last = end
	}
	if int(last) != c.documents() {
		return fmt.Errorf("its articles have %d documents, not %d", last, c.documents())
	}
	for i := range c.items.len() {
		if doc := c.items.at(i); int(doc) >= c.documents() || i > 0 && doc <= c.items.at(i-1) {
			return fmt.Errorf("item %d begins with document %d", i, doc)
		}
	}
	for i, n := range c.sequence {
		if int(n) >= len(c.sequence) {
			return fmt.Errorf("article %d was read as number %d of %d", i, n, len(c.sequence))
		}
	}
	return nil
}

// article returns the columns of an article.
func (c volumeColumns) article(number int) ArticleColumns {
	first := uint32(0)
	if number > 0 {
		first = c.ends.at(number - 1)
	}
	end := c.ends.at(number)
	a := ArticleColumns{Day: int32(c.days.at(number)), Characters: c.characters.at(number),
		Sequence:  c.sequence.at(number),
		Documents: make([]DocumentColumns, 0, end-first)}
	for doc := first; doc < end; doc++ {
		a.Documents = append(a.Documents, DocumentColumns{Words: c.words.at(int(doc)), Grams: c.grams.at(int(doc))})
	}
	for i := c.items.seek(first); i < c.items.len() && c.items.at(i) < end; i++ {
		a.Items = append(a.Items, c.items.at(i)-first)
	}
	return a
}
