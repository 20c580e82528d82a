package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
)

// columns.bin has, after the magic, for each article of a volume in order the
// zigzag varint of its day, the uvarint numbers of its characters and of its documents
// (head and paragraphs), and for each of those the uvarints of its length in words and of
// twice its length in grams, plus 1 if its text ends a sentence.
const (
	ColumnsFile  = "columns.bin"
	columnsMagic = "XWC5"
)

// ArticleColumns are the columns of one article.
type ArticleColumns struct {
	Day        int32
	Characters uint32
	Documents  []DocumentColumns // by paragraph, the head first
}

// DocumentColumns are the columns of one document.
type DocumentColumns struct {
	Words, Grams uint32 // tokens
	EndsSentence bool   // of a paragraph: its text does
}

// WriteColumns writes columns.bin.
func WriteColumns(path string, articles []ArticleColumns) error {
	return writeFile(path, columnsMagic, func(w *bufio.Writer) {
		var b []byte
		for _, a := range articles {
			b = binary.AppendVarint(b[:0], int64(a.Day))
			b = binary.AppendUvarint(b, uint64(a.Characters))
			b = binary.AppendUvarint(b, uint64(len(a.Documents)))
			for _, d := range a.Documents {
				grams := uint64(d.Grams) << 1
				if d.EndsSentence {
					grams |= 1
				}
				b = binary.AppendUvarint(b, uint64(d.Words))
				b = binary.AppendUvarint(b, grams)
			}
			w.Write(b)
		}
	})
}

// minArticle is the least size of an article in columns.bin: its day, the numbers
// of characters and documents, and the two lengths of its head.
const minArticle = 5 // bytes

// readColumns reads columns.bin of n articles.
func readColumns(path string, n int) ([]ArticleColumns, error) {
	var out []ArticleColumns
	err := readFile(path, columnsMagic, func(r *bufio.Reader, size int64) (err error) {
		if int64(n) > size/minArticle {
			return fmt.Errorf("%d bytes are too few for %d articles", size, n)
		}
		out = make([]ArticleColumns, n)
		for i := range out {
			if out[i], err = readArticle(r); err != nil {
				return fmt.Errorf("article %d: %w", i, err)
			}
		}
		return nil
	})
	return out, err
}

func readArticle(r *bufio.Reader) (ArticleColumns, error) {
	day, err := binary.ReadVarint(r)
	if err != nil {
		return ArticleColumns{}, err
	}
	characters, err := binary.ReadUvarint(r)
	if err != nil {
		return ArticleColumns{}, err
	}
	a := ArticleColumns{Day: int32(day), Characters: uint32(characters)}
	docs, err := binary.ReadUvarint(r)
	if err != nil {
		return ArticleColumns{}, err
	}
	if docs == 0 {
		return ArticleColumns{}, errors.New("it has no document")
	}
	for range docs {
		words, err := binary.ReadUvarint(r)
		if err != nil {
			return ArticleColumns{}, err
		}
		grams, err := binary.ReadUvarint(r)
		if err != nil {
			return ArticleColumns{}, err
		}
		a.Documents = append(a.Documents, DocumentColumns{uint32(words), uint32(grams >> 1), grams&1 == 1})
	}
	return a, nil
}
