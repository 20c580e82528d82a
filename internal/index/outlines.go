package index

import (
	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/textcode"
)

// Outlines implements engine.Records.
func (l *Library) Outlines() engine.Outlines { return &outlines{library: l, volume: -1} }

// outlines implements engine.Outlines.
type outlines struct {
	library    *Library
	volume     int
	dictionary *textcode.Dictionary // of its texts
	number     int                  // of the record in the volume
	record     record.Record
	paragraphs []news.Paragraph // of the article that is open
}

// Open implements engine.Outlines.
func (o *outlines) Open(article int) (news.Article, error) {
	volume, number, err := o.library.Find(article)
	if err != nil {
		return news.Article{}, err
	}
	records := o.library.Volumes[volume].Records
	if volume != o.volume {
		if o.dictionary, err = records.Dictionary(); err != nil {
			return news.Article{}, damage(err)
		}
		o.volume = volume
	}
	o.number = number
	if o.record, err = records.Record(number); err != nil {
		return news.Article{}, damage(err)
	}
	a, err := records.Outline(number, &o.record, o.paragraphs)
	if err != nil {
		return news.Article{}, damage(err)
	}
	o.paragraphs = a.Paragraphs
	return a, nil
}

// AppendText implements engine.Outlines.
func (o *outlines) AppendText(to []byte, paragraph, most int) ([]byte, error) {
	codes, ok := o.record.Paragraph(paragraph)
	if ok {
		to, ok = o.dictionary.Append(to, o.dictionary.Prefix(codes, most))
	}
	if !ok {
		return to, damage(o.library.Volumes[o.volume].Records.Damaged(o.number))
	}
	return to, nil
}
