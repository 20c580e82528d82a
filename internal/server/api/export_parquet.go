package api

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"xunwen/internal/news"
)

// A row group is kept in memory until it is written.
const (
	groupRows  = 1 << 14
	groupBytes = 4 << 20 // of texts
	pageBytes  = 256 << 10
)

// parquetArticle has the columns of an export as CSV, with types.
type parquetArticle struct {
	Hit            int32    `parquet:"hit"`
	ArticleID      string   `parquet:"article_id"`
	Date           *int32   `parquet:"date,optional,date"` // days from 1970-01-01, nil if unknown
	Publication    string   `parquet:"publication,dict"`
	Page           string   `parquet:"page,dict"`
	PageName       string   `parquet:"page_name,dict"`
	Title          string   `parquet:"title"`
	Kicker         string   `parquet:"kicker"`
	Subtitle       string   `parquet:"subtitle"`
	Source         string   `parquet:"source,dict"`
	Byline         string   `parquet:"byline"`
	URL            string   `parquet:"url"`
	Score          float64  `parquet:"score"`
	NearDuplicates int32    `parquet:"near_duplicates"`
	NearIDs        []string `parquet:"near_duplicate_ids,list"`
	N              int32    `parquet:"n"`
	Section        string   `parquet:"section"`
	Kind           string   `parquet:"kind,dict"`
}

// parquetHit is a row of an export without contexts.
type parquetHit struct {
	parquetArticle
	Text string `parquet:"text"`
}

// parquetMatch is a row of an export with contexts.
type parquetMatch struct {
	parquetArticle
	Left  string `parquet:"left"`
	Match string `parquet:"match"`
	Right string `parquet:"right"`
}

// parquetRows writes a Parquet file of rows of one type.
type parquetRows[R any] struct {
	out    *parquet.GenericWriter[R]
	newRow func(exportRow) R
	size   func(R) int
	rows   int // of the group
	bytes  int // of its texts
}

func newParquet(w io.Writer, matches bool) exportFormat {
	if matches {
		return &parquetRows[parquetMatch]{
			out: newParquetWriter[parquetMatch](w),
			newRow: func(r exportRow) parquetMatch {
				return parquetMatch{newParquetArticle(r), r.match.Left, r.match.Match, r.match.Right}
			},
			size: func(r parquetMatch) int { return r.size() + len(r.Left) + len(r.Match) + len(r.Right) },
		}
	}
	return &parquetRows[parquetHit]{
		out: newParquetWriter[parquetHit](w),
		newRow: func(r exportRow) parquetHit {
			text := ""
			if len(r.hit.Paragraphs) > 0 {
				p := r.hit.Paragraphs[0]
				r.match.N, r.match.Section, r.match.Kind, text = p.N, p.Section, kindOf(p.Kind), snippetText(p.Snippet)
			}
			return parquetHit{newParquetArticle(r), text}
		},
		size: func(r parquetHit) int { return r.size() + len(r.Text) },
	}
}

func newParquetWriter[R any](w io.Writer) *parquet.GenericWriter[R] {
	var row R
	schema := parquet.NewSchema("export", parquet.SchemaOf(row))
	return parquet.NewGenericWriter[R](w, schema, parquet.Compression(&parquet.Zstd), parquet.PageBufferSize(pageBytes))
}

func newParquetArticle(r exportRow) parquetArticle {
	a := r.hit.Article
	return parquetArticle{
		Hit:            int32(r.number),
		ArticleID:      a.ID,
		Date:           parquetDay(a.Date),
		Publication:    a.Publication,
		Page:           a.Page,
		PageName:       a.PageName,
		Title:          a.Title,
		Kicker:         a.Kicker,
		Subtitle:       a.Subtitle,
		Source:         a.Source,
		Byline:         a.Byline,
		URL:            a.URL,
		Score:          r.hit.Score,
		NearDuplicates: int32(len(r.hit.NearDuplicates)),
		NearIDs:        r.hit.NearDuplicateIDs(),
		N:              int32(r.match.N),
		Section:        r.match.Section,
		Kind:           string(r.match.Kind),
	}
}

// parquetDay returns a day as Parquet writes dates, nil for none.
func parquetDay(day string) *int32 {
	t, err := time.Parse(news.DateLayout, day)
	if err != nil {
		return nil
	}
	days := int32(t.Unix() / (24 * 60 * 60))
	return &days
}

// size is about how many bytes the texts of a row have.
func (a parquetArticle) size() int {
	n := 0
	for _, s := range []string{a.ArticleID, a.Publication, a.Page, a.PageName, a.Title, a.Kicker, a.Subtitle,
		a.Source, a.Byline, a.URL, a.Section, a.Kind, strings.Join(a.NearIDs, " ")} {
		n += len(s)
	}
	return n
}

func (p *parquetRows[R]) begin(h exportHead) error {
	for name, value := range map[string]string{
		"query": h.Query, "generation": h.Generation, "analyzer": h.Analyzer, "day": h.Day,
		"total": strconv.Itoa(h.Total), "total_relation": string(h.TotalRelation),
	} {
		p.out.SetKeyValueMetadata("xunwen."+name, value)
	}
	return nil
}

// row adds a row, and writes the group of rows that it completes.
func (p *parquetRows[R]) row(r exportRow) error {
	row := p.newRow(r)
	if _, err := p.out.Write([]R{row}); err != nil {
		return err
	}
	p.rows++
	p.bytes += p.size(row)
	if p.rows < groupRows && p.bytes < groupBytes {
		return nil
	}
	p.rows, p.bytes = 0, 0
	return p.out.Flush()
}

func (p *parquetRows[R]) flush() error { return p.out.Close() }
