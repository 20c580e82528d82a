package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// columns.bin: the magic, then for each article in order of its number the
// zigzag varint of its day; a uvarint of its group of near-duplicates: 0 for an
// article alone, else 1 + its number - that of the group's first article, and
// then its id, a uvarint length and bytes; the uvarint of its documents (head
// and paragraphs), and for each of those the uvarints of its length in words
// and in grams.
const (
	columnsFile  = "columns.bin"
	columnsMagic = "XWC2"
)

// articleColumns is what columns.bin holds of one article.
type articleColumns struct {
	day     int32
	group   uint32      // the first article of its group; alone, itself
	id      string      // "" for an article alone
	lengths [][2]uint32 // by paragraph, the head first: words, grams
}

// writeColumns writes articles; an article with an id is not alone.
func writeColumns(path string, articles []articleColumns) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	b := append(make([]byte, 0, 64), columnsMagic...)
	for i, a := range articles {
		b = binary.AppendVarint(b, int64(a.day))
		if a.id == "" {
			b = append(b, 0)
		} else {
			b = binary.AppendUvarint(b, 1+uint64(i)-uint64(a.group))
			b = binary.AppendUvarint(b, uint64(len(a.id)))
			b = append(b, a.id...)
		}
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

// minArticle is the least that an article takes in columns.bin: a day, a group,
// a number of documents and the two lengths of its head.
const minArticle = 5 // bytes

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
		if out[i], err = readArticle(r, i); err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", path, i, err)
		}
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, fmt.Errorf("%s: more than %d articles", path, n)
	}
	return out, nil
}

func readArticle(r *bufio.Reader, number int) (articleColumns, error) {
	day, err := binary.ReadVarint(r)
	if err != nil {
		return articleColumns{}, err
	}
	a := articleColumns{day: int32(day)}
	if a.group, a.id, err = readGroup(r, number); err != nil {
		return articleColumns{}, err
	}
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

func readGroup(r *bufio.Reader, number int) (group uint32, id string, err error) {
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

// fillColumns turns the file's columns into the engine's and tells p where
// each of its documents stands among them.
func fillColumns(p *postings, articles []articleColumns) (*engine.Columns, error) {
	total := 0
	for _, a := range articles {
		total += len(a.lengths)
	}
	if total != p.count {
		return nil, fmt.Errorf("%s describes %d documents, bleve holds %d", columnsFile, total, p.count)
	}
	c := &engine.Columns{
		Article: make([]uint32, 0, total), WordLength: make([]uint32, 0, total), GramLength: make([]uint32, 0, total),
		Day: make([]int32, len(articles)), Group: make([]uint32, len(articles)), ID: map[uint32]string{},
	}
	heads := make([]uint32, len(articles))
	for i, a := range articles {
		c.Day[i], c.Group[i], heads[i] = a.day, a.group, uint32(len(c.Article))
		for _, l := range a.lengths {
			c.Article = append(c.Article, uint32(i))
			c.WordLength, c.GramLength = append(c.WordLength, l[0]), append(c.GramLength, l[1])
		}
		if first := articles[a.group]; first.group != a.group {
			return nil, fmt.Errorf("%s: article %d begins no group", columnsFile, a.group)
		}
		if a.id != "" {
			c.ID[uint32(i)] = a.id
		}
	}
	if err := p.number(func(id string) (uint32, error) {
		article, paragraph, ok := parseDocumentID(id)
		if !ok || int(article) >= len(articles) || int(paragraph) >= len(articles[article].lengths) {
			return 0, fmt.Errorf("bleve holds a document %q that %s does not describe", id, columnsFile)
		}
		return heads[article] + paragraph, nil
	}); err != nil {
		return nil, err
	}
	c.Index()
	return c, nil
}
