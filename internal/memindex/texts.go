package memindex

import (
	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// texts implements engine.Texts.
type texts struct {
	index   *Index
	article news.Article
}

// Texts implements engine.Records.
func (x *Index) Texts() engine.Texts { return &texts{index: x} }

// Open implements engine.Texts.
func (t *texts) Open(article int) (err error) {
	t.article, err = t.index.Get(article)
	return err
}

// Announce implements engine.Texts.
func (t *texts) Announce([]uint32) {}

// AppendLoose implements engine.Texts.
func (t *texts) AppendLoose(to []byte, which engine.Text, paragraph int) ([]byte, textnorm.Left, error) {
	text := ""
	switch which {
	case engine.TitleText:
		text = t.article.Title
	case engine.KickerText:
		text = t.article.Kicker
	case engine.SubtitleText:
		text = t.article.Subtitle
	case engine.SectionText:
		text = t.article.Paragraphs[paragraph].Section
	case engine.ParagraphText:
		text = t.article.Paragraphs[paragraph].Text
	}
	loose, left := t.index.words.Folder.Loose(text)
	return append(to, loose...), left &^ textnorm.LeftBytes, nil
}

// Seek implements engine.Texts. Contains is never sure.
func (t *texts) Seek(string) {}

// Contains implements engine.Texts.
func (t *texts) Contains(engine.Text, int) (found, sure bool, err error) { return false, false, nil }

// outlines implements engine.Outlines.
type outlines struct {
	index   *Index
	article news.Article
}

// Outlines implements engine.Records.
func (x *Index) Outlines() engine.Outlines { return &outlines{index: x} }

// Open implements engine.Outlines.
func (o *outlines) Open(article int) (a news.Article, err error) {
	o.article, err = o.index.Get(article)
	return o.article, err
}

// AppendText implements engine.Outlines.
func (o *outlines) AppendText(to []byte, paragraph, most int) ([]byte, error) {
	text := o.article.Paragraphs[paragraph].Text
	return append(to, text[:min(most, len(text))]...), nil
}

// SeekAround implements engine.Texts. Around is never sure.
func (t *texts) SeekAround([]string, int) {}

// Around implements engine.Texts.
func (t *texts) Around(engine.Text, int, func([]byte) bool) (sure bool, err error) { return false, nil }
