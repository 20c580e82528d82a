package engine

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/textcode"
	"xunwen/internal/textnorm"
)

// What decides about coded texts by parts of them matches what a slow search through all texts
// finds: with signs, white space, numbers and bytes of no character in words and between them.
func TestTogetherInCodedTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 29))
	vocabulary := strings.Fields("贸易 谈判 关税 大桥 大学 大学生 三日 貿易")
	all := make([]news.Article, 300)
	for i := range all {
		for range 1 + r.IntN(4) {
			text := codedText(r, vocabulary, 2+r.IntN(20))
			all[i].Paragraphs = append(all[i].Paragraphs, news.Paragraph{Text: text})
		}
		all[i].Title, all[i].Date = codedText(r, vocabulary, r.IntN(4)), "2022-01-01"
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	coded := newCodedMemory(m)
	slow := slowTogether{words, m}
	for _, options := range []Options{{}, {Cache: DefaultCache}} {
		e := New("coded", m, coded, m.columns, words, options)
		for _, operand := range []string{"贸易谈判", "大学生贸易谈判", "谈判谈判", "关税大桥", "大桥的关税", "贸易谈判"} {
			for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
				want, _ := slow.members(newOperand(words, operand), anywhere, by)
				if got := matchedMembers(t, e, operand, by); !got.Equals(want) {
					t.Errorf("%s by %s: %v, want %v", operand, by, got, want)
				}
			}
		}
	}
	if coded.sure < 500 || coded.unsure < 500 {
		t.Errorf("parts decide about %d texts, and don't about %d: this tests little", coded.sure, coded.unsure)
	}
}

// codedText returns words with signs and numbers between them, and in some of them.
func codedText(r *rand.Rand, vocabulary []string, n int) string {
	plain := strings.Fields("， 。 。 人民 人民 7 5,999 1,234,567 ! “ 天下")
	others := append([]string{"", " ", "\n", "\u200b", "\x00", "\xe5\x8d", "か\u3099", strings.Repeat("。", 70)},
		strings.Fields("。。 。。。 …… — - · ... . 𠮷 ㎡")...)
	between := plain
	if r.IntN(4) == 0 {
		between = others
	}
	var b strings.Builder
	for range n {
		word, sign := vocabulary[r.IntN(len(vocabulary))], between[r.IntN(len(between))]
		switch _, size := utf8.DecodeRuneInString(word); r.IntN(8) {
		case 0:
			b.WriteString(word[:size] + sign + word[size:])
		case 1, 2, 3:
			b.WriteString(word)
		default:
			b.WriteString(word + sign)
		}
	}
	return b.String()
}

// codedMemory is memory whose texts are decided about by their codes.
type codedMemory struct {
	*memory
	loose        *textcode.Dictionary
	index        *textcode.Index
	codes        map[string][]byte // by text
	sure, unsure int               // texts that Around was asked about
}

func newCodedMemory(m *memory) *codedMemory {
	var sample [][]byte
	for i := range m.articles {
		sample = append(sample, []byte(m.articles[i].Title))
		for _, p := range m.articles[i].Paragraphs {
			sample = append(sample, []byte(p.Text))
		}
	}
	plain := textcode.Train(sample, 2)
	e, codes := textcode.NewEncoder(plain), map[string][]byte{}
	for _, text := range sample {
		codes[string(text)] = e.Append(nil, text)
	}
	loose := plain.Map(func(s []byte) (string, uint8) {
		folded, left := m.folder.Loose(string(s))
		if left&textnorm.LeftBytes != 0 || len(folded) > textcode.MaxString {
			return "", uint8(textnorm.LeftBytes)
		}
		return folded, uint8(left)
	})
	return &codedMemory{memory: m, loose: loose, codes: codes, index: textcode.NewIndex(loose, textcode.Marks{
		Unknown: uint8(textnorm.LeftBytes), Blanks: uint8(textnorm.LeftBlanks), Signs: uint8(textnorm.LeftRuns),
		Stops: uint8(textnorm.LeftStops),
	})}
}

// Texts implements Records.
func (m *codedMemory) Texts() Texts {
	return &codedTexts{memoryTexts: memoryTexts{memory: m.memory}, of: m}
}

type codedTexts struct {
	memoryTexts
	of      *codedMemory
	windows *textcode.Windows
}

func (t *codedTexts) SeekAround(words []string, reach int) {
	t.windows = t.of.index.Windows(words, reach)
}

func (t *codedTexts) Around(which Text, paragraph int, visit func([]byte) bool) (sure bool, err error) {
	if t.windows == nil {
		return false, nil
	}
	if sure = t.windows.Each(t.of.codes[t.text(which, paragraph)], visit); sure {
		t.of.sure++
	} else {
		t.of.unsure++
	}
	return sure, nil
}
