package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"xunwen/internal/engine"
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

// documentID names a document within bleve: the article's number and the
// paragraph's, each four bytes, so that the order of ids is that of documents.
func documentID(article, paragraph int) string {
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], uint32(article))
	binary.BigEndian.PutUint32(b[4:], uint32(paragraph))
	return string(b[:])
}

func parseDocumentID(id string) (article, paragraph uint32, ok bool) {
	if len(id) != 8 {
		return 0, 0, false
	}
	return binary.BigEndian.Uint32([]byte(id)), binary.BigEndian.Uint32([]byte(id[4:])), true
}

// fillColumns turns the volumes' columns into the engine's, with articles that
// are gone left out, and tells p where each document stands among them.
func fillColumns(p *postings, volumes []*volume, groups groups) (*engine.Columns, error) {
	articles, documents := 0, 0
	for _, v := range volumes {
		for i := range v.columns {
			if !v.gone.has(i) {
				articles++
				documents += len(v.columns[i].lengths)
			}
		}
	}
	c := &engine.Columns{
		Article: make([]uint32, 0, documents), WordLength: make([]uint32, 0, documents), GramLength: make([]uint32, 0, documents),
		Day: make([]int32, 0, articles), Group: groups.first, ID: groups.id,
	}
	heads := make([][]uint32, len(volumes)) // by volume and its own number: the place of an article's head
	for n, v := range volumes {
		heads[n] = make([]uint32, len(v.columns))
		for i, a := range v.columns {
			if v.gone.has(i) {
				heads[n][i] = noPlace
				continue
			}
			heads[n][i] = uint32(len(c.Article))
			for _, l := range a.lengths {
				c.Article = append(c.Article, uint32(len(c.Day)))
				c.WordLength, c.GramLength = append(c.WordLength, l[0]), append(c.GramLength, l[1])
			}
			c.Day = append(c.Day, a.day)
		}
	}
	err := p.number(documents, func(volume int, id string) (uint32, error) {
		article, paragraph, ok := parseDocumentID(id)
		columns := volumes[volume].columns
		if !ok || int(article) >= len(columns) || int(paragraph) >= len(columns[article].lengths) {
			return 0, fmt.Errorf("bleve holds a document %q that %s does not describe", id, columnsFile)
		}
		head := heads[volume][article]
		if head == noPlace {
			return noPlace, nil
		}
		return head + paragraph, nil
	})
	if err != nil {
		return nil, err
	}
	c.Index()
	return c, c.ReadValues(p)
}
