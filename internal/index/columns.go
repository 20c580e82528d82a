package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// columns.bin: the magic, then for each article in order of its number the
// zigzag varint of its day, the uvarint of its documents (head and paragraphs),
// and for each of those the uvarints of its length in words and in grams.
const (
	columnsFile  = "columns.bin"
	columnsMagic = "XWC3"
)

// articleColumns is what columns.bin holds of one article.
type articleColumns struct {
	day     int32
	lengths [][2]uint32 // by paragraph, the head first: words, grams
}

func writeColumns(path string, articles []articleColumns) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	b := append(make([]byte, 0, 64), columnsMagic...)
	for _, a := range articles {
		b = binary.AppendVarint(b, int64(a.day))
		b = binary.AppendUvarint(b, uint64(len(a.lengths)))
		for _, l := range a.lengths {
			b = binary.AppendUvarint(b, uint64(l[0]))
			b = binary.AppendUvarint(b, uint64(l[1]))
		}
		if _, err = w.Write(b); err != nil {
			break
		}
		b = b[:0]
	}
	if len(articles) == 0 && err == nil {
		_, err = w.Write(b)
	}
	return errors.Join(err, w.Flush(), f.Close())
}

// minArticle is the least that an article takes in columns.bin: a day, a number
// of documents and the two lengths of its head.
const minArticle = 4 // bytes

// readColumns reads what writeColumns wrote of n articles.
func readColumns(path string, n int) ([]articleColumns, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if int64(n) > info.Size()/minArticle {
		return nil, fmt.Errorf("%s: %d bytes are too few for %d articles", path, info.Size(), n)
	}
	r := bufio.NewReaderSize(f, 1<<20)
	magic := make([]byte, len(columnsMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != columnsMagic {
		return nil, fmt.Errorf("%s: not a columns file", path)
	}
	out := make([]articleColumns, n)
	for i := range out {
		if out[i], err = readArticle(r); err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", path, i, err)
		}
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, fmt.Errorf("%s: more than %d articles", path, n)
	}
	return out, nil
}

func readArticle(r *bufio.Reader) (articleColumns, error) {
	day, err := binary.ReadVarint(r)
	if err != nil {
		return articleColumns{}, err
	}
	a := articleColumns{day: int32(day)}
	docs, err := binary.ReadUvarint(r)
	if err != nil {
		return articleColumns{}, err
	}
	if docs == 0 {
		return articleColumns{}, errors.New("no head")
	}
	for range docs {
		words, err := binary.ReadUvarint(r)
		if err != nil {
			return articleColumns{}, err
		}
		grams, err := binary.ReadUvarint(r)
		if err != nil {
			return articleColumns{}, err
		}
		a.lengths = append(a.lengths, [2]uint32{uint32(words), uint32(grams)})
	}
	return a, nil
}
