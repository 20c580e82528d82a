package engine

import (
	"context"
	"time"
	"unsafe"

	"xunwen/internal/textnorm"
)

// looseText is a text that is compared with a query: its characters are folded, each by
// itself, and the rest only if that matters.
type looseText struct {
	loose  string
	left   textnorm.Left
	fold   func(string) string
	folded string
	done   bool // folded is set
	near   nearness
}

// T returns the text in normal form. Like loose, it may not be used after accept returns.
func (t *looseText) T() string {
	if !t.done {
		t.folded, t.done = t.fold(t.loose), true
	}
	return t.folded
}

// textReader reads the texts of documents.
type textReader struct {
	index  *snapshot
	texts  Texts
	opened bool
	number uint32 // of the article that is open
	read   int    // documents that were decided about
	text   looseText
	buffer []byte

	// Texts with what texts seeks are wanted, and need not be decoded; where that alone is
	// wanted, texts without it neither.
	seeks, alone bool

	windows *variantWindows // by which texts are decided about where they can be; nil for none
}

func (sn *snapshot) newTextReader() *textReader {
	return &textReader{index: sn, texts: sn.records.Texts(), text: looseText{fold: sn.segmenter.FoldString}}
}

// fewTexts are so few that making a finder costs more than it saves.
const fewTexts = 16

// seek says that of n texts those are wanted that contain a phrase, and whether they alone are.
func (r *textReader) seek(phrase string, n uint64, alone bool) {
	if r.seeks = n >= fewTexts && isHan(phrase); r.seeks {
		r.texts.Seek(phrase)
		r.alone = alone
	}
}

// How long it takes to decide about a document.
const (
	seekTime   = 800 * time.Nanosecond // if its texts are sought in their codes
	windowTime = 2 * time.Microsecond  // if windows of them are
	readTime   = 4 * time.Microsecond
)

// time estimates how long it takes to decide about n documents.
func (r *textReader) time(n uint64) time.Duration {
	if r.seeks && r.alone {
		return time.Duration(n) * seekTime
	}
	if r.windows != nil {
		return time.Duration(n) * windowTime
	}
	return time.Duration(n) * readTime
}

// ahead is for how many documents the articles are announced.
const ahead = 16

// announce announces the articles of documents.
func (r *textReader) announce(docs []uint32) {
	var articles [ahead]uint32
	n := 0
	for _, doc := range docs {
		if a := r.index.columns.Article[doc]; n == 0 || articles[n-1] != a {
			articles[n] = a
			n++
		}
	}
	r.texts.Announce(articles[:n])
}

// titles are the texts of a head.
var titles = [...]Text{TitleText, KickerText, SubtitleText}

// any reports whether a document has a text in a field that accept wants.
func (r *textReader) any(ctx context.Context, doc uint32, field string, accept func(t *looseText) bool) (bool, error) {
	c := r.index.columns
	article := c.Article[doc]
	another := !r.opened || article != r.number
	if r.read++; another || r.read%textsAtOnce == 0 {
		if err := ctx.Err(); err != nil {
			return false, err
		}
	}
	if another {
		if err := r.texts.Open(int(article)); err != nil {
			return false, err
		}
		r.opened, r.number = true, article
	}
	paragraph := int(doc - c.first[article])
	switch {
	case paragraph == 0 && field == Grams:
		for _, which := range titles {
			if found, err := r.accepts(which, 0, accept); found || err != nil {
				return found, err
			}
		}
		return false, nil
	case paragraph == 0:
		return false, nil
	case field == SectionGrams:
		return r.accepts(SectionText, paragraph-1, accept)
	}
	return r.accepts(ParagraphText, paragraph-1, accept)
}

// accepts reports whether accept wants a text of the open article.
func (r *textReader) accepts(which Text, paragraph int, accept func(t *looseText) bool) (bool, error) {
	if r.seeks {
		found, sure, err := r.texts.Contains(which, paragraph)
		if err != nil || found || sure && r.alone {
			return found, err
		}
	}
	if r.windows != nil {
		sure, err := r.texts.Around(which, paragraph, r.windows.visit)
		if found, settled := r.windows.result(); err != nil || sure && settled {
			return found, err
		}
	}
	loose, left, err := r.texts.AppendLoose(r.buffer[:0], which, paragraph)
	if err != nil {
		return false, err
	}
	r.buffer = loose
	r.text.loose, r.text.left = unsafe.String(unsafe.SliceData(loose), len(loose)), left
	if r.text.done = left.Settled(loose); r.text.done {
		r.text.folded = r.text.loose
	}
	return accept(&r.text), nil
}
