package index

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"sort"
)

// columns.bin has, after the magic and a head, the columns of a volume, each an array of
// little-endian numbers of one size:
//
//	head        uint32 articles, documents, items; the sizes in bytes, 1, 2 or 4 each, of the
//	            numbers in characters, words and grams; a zero byte
//	days        int32 by article
//	ends        uint32 by article: the documents of it and those before it
//	characters  by article
//	words       by document: its length
//	grams       by document: its length
//	items       uint32: the documents that begin items of round-ups, in order
const (
	ColumnsFile  = "columns.bin"
	columnsMagic = "XWC6"
	columnsHead  = len(columnsMagic) + 16
)

// ArticleColumns are the columns of one article.
type ArticleColumns struct {
	Day        int32
	Characters uint32
	Documents  []DocumentColumns // by paragraph, the head first
	Items      []uint32          // of a round-up: the documents that begin them, from the head's 0
}

// DocumentColumns are the columns of one document.
type DocumentColumns struct {
	Words, Grams uint32 // tokens
}

// WriteColumns writes columns.bin.
func WriteColumns(path string, articles []ArticleColumns) error {
	var days, ends, characters, words, grams, items []uint32
	for _, a := range articles {
		for _, doc := range a.Items {
			items = append(items, uint32(len(words))+doc)
		}
		for _, d := range a.Documents {
			words, grams = append(words, d.Words), append(grams, d.Grams)
		}
		days, ends = append(days, uint32(a.Day)), append(ends, uint32(len(words)))
		characters = append(characters, a.Characters)
	}
	return writeFile(path, columnsMagic, func(w *bufio.Writer) {
		var b []byte
		for _, n := range []int{len(days), len(words), len(items)} {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
		b = append(b, byte(numberSize(characters)), byte(numberSize(words)), byte(numberSize(grams)), 0)
		w.Write(b)
		writeNumbers(w, days, 4)
		writeNumbers(w, ends, 4)
		writeNumbers(w, characters, numberSize(characters))
		writeNumbers(w, words, numberSize(words))
		writeNumbers(w, grams, numberSize(grams))
		writeNumbers(w, items, 4)
	})
}

// numberSize returns the bytes that the highest of some numbers takes: 1, 2 or 4.
func numberSize(numbers []uint32) int {
	switch highest := slices.Max(append(numbers[:len(numbers):len(numbers)], 0)); {
	case highest < 1<<8:
		return 1
	case highest < 1<<16:
		return 2
	}
	return 4
}

// writeNumbers writes numbers of some bytes each.
func writeNumbers(w *bufio.Writer, numbers []uint32, size int) {
	var b [4]byte
	for _, n := range numbers {
		binary.LittleEndian.PutUint32(b[:], n)
		w.Write(b[:size])
	}
}

// column is an array of numbers in memory.
type column struct {
	bytes []byte
	size  int // of a number
}

func (c column) len() int { return len(c.bytes) / c.size }

// appendTo appends the numbers [from, to).
func (c column) appendTo(out []uint32, from, to int) []uint32 {
	b := c.bytes[from*c.size : to*c.size]
	switch c.size {
	case 1:
		for _, n := range b {
			out = append(out, uint32(n))
		}
	case 2:
		for ; len(b) > 0; b = b[2:] {
			out = append(out, uint32(binary.LittleEndian.Uint16(b)))
		}
	default:
		for ; len(b) > 0; b = b[4:] {
			out = append(out, binary.LittleEndian.Uint32(b))
		}
	}
	return out
}

func (c column) at(i int) uint32 {
	switch c.size {
	case 1:
		return uint32(c.bytes[i])
	case 2:
		return uint32(binary.LittleEndian.Uint16(c.bytes[2*i:]))
	}
	return binary.LittleEndian.Uint32(c.bytes[4*i:])
}

// seek returns the index of the first number that is at least n, of numbers in order.
func (c column) seek(n uint32) int {
	return sort.Search(c.len(), func(i int) bool { return c.at(i) >= n })
}

// volumeColumns are the columns of a volume.
type volumeColumns struct{ days, ends, characters, words, grams, items column }

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
	var c volumeColumns
	rest := data[columnsHead:]
	for _, of := range []struct {
		to     *column
		number uint32
		size   byte
	}{
		{&c.days, articles, 4}, {&c.ends, articles, 4}, {&c.characters, articles, head[12]},
		{&c.words, documents, head[13]}, {&c.grams, documents, head[14]}, {&c.items, items, 4},
	} {
		size := uint64(of.number) * uint64(of.size)
		if of.size != 1 && of.size != 2 && of.size != 4 || size > uint64(len(rest)) {
			return volumeColumns{}, fmt.Errorf("%d bytes are not what its head describes", len(data))
		}
		*of.to, rest = column{rest[:size], int(of.size)}, rest[size:]
	}
	if len(rest) > 0 {
		return volumeColumns{}, fmt.Errorf("%d bytes are not what its head describes", len(data))
	}
	return c, c.check()
}

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
		Documents: make([]DocumentColumns, 0, end-first)}
	for doc := first; doc < end; doc++ {
		a.Documents = append(a.Documents, DocumentColumns{Words: c.words.at(int(doc)), Grams: c.grams.at(int(doc))})
	}
	for i := c.items.seek(first); i < c.items.len() && c.items.at(i) < end; i++ {
		a.Items = append(a.Items, c.items.at(i)-first)
	}
	return a
}
