package index

import (
	"sync"
	"unicode/utf8"

	"xunwen/internal/engine"
	"xunwen/internal/record"
	"xunwen/internal/textcode"
	"xunwen/internal/textnorm"
)

// FoldBy says how texts are folded, before any is read by Texts.
func (l *Library) FoldBy(f textnorm.Folder) {
	l.folder = f
	l.loose = make([]func() (looseCode, error), len(l.Volumes))
	for i, v := range l.Volumes {
		l.loose[i] = sync.OnceValues(func() (looseCode, error) { return newLooseCode(v.Records, f) })
	}
}

// looseCode decodes the texts of a volume, as they are and as their characters fold. So a text
// is folded string by string of its code.
type looseCode struct {
	plain, loose *textcode.Dictionary
	index        *textcode.Index // of loose
}

// unsound marks strings that fold in another way beside others.
const unsound = uint8(textnorm.LeftBytes) | leftLength

// leftLength marks a string that is too long when it is folded. It is a bit that textnorm.Left
// doesn't use.
const leftLength = 1 << 7

func newLooseCode(s *record.Store, f textnorm.Folder) (looseCode, error) {
	plain, err := s.Dictionary()
	if err != nil {
		return looseCode{}, err
	}
	loose := plain.Map(func(text []byte) (string, uint8) {
		if len(text) == 1 && text[0] >= utf8.RuneSelf { // a part of a character
			return "", uint8(textnorm.LeftBytes)
		}
		folded, left := f.Loose(string(text))
		if len(folded) > textcode.MaxString {
			return "", leftLength
		}
		return folded, uint8(left)
	})
	return looseCode{plain, loose, textcode.NewIndex(loose, textcode.Marks{
		Unknown: unsound, Blanks: uint8(textnorm.LeftBlanks), Signs: uint8(textnorm.LeftRuns),
		Stops: uint8(textnorm.LeftStops),
	})}, nil
}

// Texts implements engine.Records.
func (l *Library) Texts() engine.Texts { return &texts{library: l, volume: -1} }

// texts implements engine.Texts.
type texts struct {
	library *Library
	volume  int
	code    looseCode
	number  int // of the record in the volume
	record  record.Record

	sought string
	finder *textcode.Finder // of it in the texts of the volume; nil for none

	words   []string
	reach   int
	windows *textcode.Windows // around the words in the texts of the volume; nil for none
}

// Open implements engine.Texts.
func (t *texts) Open(article int) error {
	volume, number, err := t.library.Find(article)
	if err != nil {
		return err
	}
	if volume != t.volume {
		if t.code, err = t.library.loose[volume](); err != nil {
			return damage(err)
		}
		t.volume = volume
		t.find()
	}
	t.number = number
	t.record, err = t.library.Volumes[volume].Records.Record(number)
	return damage(err)
}

// Announce implements engine.Texts.
func (t *texts) Announce(articles []uint32) {
	var numbers [record.Ahead]int
	n, last := 0, -1
	for _, a := range articles {
		volume, number, err := t.library.Find(int(a))
		if err != nil || volume != last && last >= 0 || n == len(numbers) {
			break
		}
		numbers[n], last = number, volume
		n++
	}
	if n > 1 {
		t.library.Volumes[last].Records.Announce(numbers[:n])
	}
}

// AppendLoose implements engine.Texts.
func (t *texts) AppendLoose(to []byte, which engine.Text, paragraph int) ([]byte, textnorm.Left, error) {
	codes, ok := t.codes(which, paragraph)
	if !ok {
		return to, 0, t.damaged()
	}
	out, left, ok := t.code.loose.AppendMarked(to, codes)
	if !ok {
		return to, 0, t.damaged()
	}
	if left&unsound == 0 {
		return out, textnorm.Left(left), nil
	}
	plain, _ := t.code.plain.Append(nil, codes) // which are valid
	loose, rest := t.library.folder.Loose(string(plain))
	return append(to, loose...), rest &^ textnorm.LeftBytes, nil // it is a whole text
}

// Seek implements engine.Texts.
func (t *texts) Seek(phrase string) {
	t.sought = phrase
	if t.volume >= 0 {
		t.find()
	}
}

// SeekAround implements engine.Texts.
func (t *texts) SeekAround(words []string, reach int) {
	t.words, t.reach = words, reach
	if t.volume >= 0 {
		t.find()
	}
}

// find sets the finders of what is sought.
func (t *texts) find() {
	t.finder, t.windows = nil, nil
	if t.sought != "" {
		t.finder = t.code.index.Finder(t.sought)
	}
	if len(t.words) > 0 {
		t.windows = t.code.index.Windows(t.words, t.reach)
	}
}

// Contains implements engine.Texts.
func (t *texts) Contains(which engine.Text, paragraph int) (found, sure bool, err error) {
	if t.finder == nil {
		return false, false, nil
	}
	codes, ok := t.codes(which, paragraph)
	if !ok {
		return false, false, t.damaged()
	}
	found, sure = t.finder.In(codes)
	return found, sure, nil
}

// Around implements engine.Texts.
func (t *texts) Around(which engine.Text, paragraph int, visit func(part []byte) (more bool)) (sure bool, err error) {
	if t.windows == nil {
		return false, nil
	}
	codes, ok := t.codes(which, paragraph)
	if !ok {
		return false, t.damaged()
	}
	return t.windows.Each(codes, visit), nil
}

func (t *texts) codes(which engine.Text, paragraph int) ([]byte, bool) {
	switch which {
	case engine.ParagraphText:
		return t.record.Paragraph(paragraph)
	case engine.SectionText:
		return t.record.Section(paragraph)
	case engine.KickerText:
		return t.record.Head(record.Kicker)
	case engine.SubtitleText:
		return t.record.Head(record.Subtitle)
	}
	return t.record.Head(record.Title)
}

func (t *texts) damaged() error {
	return damage(t.library.Volumes[t.volume].Records.Damaged(t.number))
}
