package suggest

import (
	"strings"
	"unicode"

	"xunwen/internal/query"
	"xunwen/internal/textnorm"
)

// pinyin returns the words for an operand that is pinyin (běijīng, bei3jing1) or
// characters and pinyin (北jing), false if they are not clearly better.
func (c *correction) pinyin(text string) (string, bool) {
	han, latin := false, false
	for _, r := range text {
		han = han || textnorm.IsHan(r)
		latin = latin || unicode.Is(unicode.Latin, r)
	}
	switch {
	case !latin:
		return "", false
	case !han:
		return c.pinyinOf([]string{text})
	case c.docFreq(text) > 0:
		return "", false
	}
	word, _, ok := c.completer.wordOfMixed(text)
	return c.keepJoiners(text, word), ok
}

// pinyinOf returns the words for operands that together are pinyin.
func (c *correction) pinyinOf(operands []string) (string, bool) {
	typed := strings.Join(operands, " ")
	han, count, ok := c.completer.hanOfPinyin(typed)
	if !ok {
		return "", false
	}
	if c.completer.hasTones(typed) {
		return han, true
	}
	for _, text := range operands { // as many documents as have all of them, at most
		df := c.lexicon.count(c.fold.FoldString(text))
		if count >= minRatioOfWord*df {
			return han, true
		}
	}
	return "", false
}

// hasTones reports whether pinyin was typed with tones or ü, which no other text in
// Latin letters has.
func (c *Completer) hasTones(typed string) bool {
	if strings.ContainsAny(typed, "0123456789") {
		return true
	}
	isMarked := func(r rune) bool { return 0x80 <= r && r < 0xFF00 && unicode.Is(unicode.Latin, r) }
	return strings.IndexFunc(typed, isMarked) >= 0
}

// letters corrects a run of letters in an operand with other characters: pinyin
// typed without an input method, or a misspelt word.
func (c *correction) letters(folded, typed string) (string, bool) {
	if han, ok := c.pinyinOf([]string{typed}); ok {
		return han, true
	}
	word, ok := c.latin.correct(folded, c.lexicon.count(folded))
	if !ok {
		return "", false
	}
	return c.completer.shownWord(word), true
}

// joinPinyin replaces operands that follow one another and together are the pinyin
// of words: bei3 jing1.
func (c *correction) joinPinyin(nodes []query.Node) (out []query.Node, changed bool) {
	for i := 0; i < len(nodes); {
		var operands []string
		for _, n := range nodes[i:] {
			word, ok := n.(*query.Word)
			if !ok || !isPinyinLike(word.Text) {
				break
			}
			operands = append(operands, word.Text)
		}
		if len(operands) > 1 {
			if han, ok := c.pinyinOf(operands); ok && !c.excludes(strings.Join(operands, " "), han) {
				for word := range strings.FieldsSeq(han) {
					out = append(out, &query.Word{Text: word})
				}
				i += len(operands)
				changed = true
				continue
			}
		}
		for range max(len(operands), 1) {
			out = append(out, nodes[i])
			i++
		}
	}
	return out, changed
}

// isPinyinLike reports whether a text has Latin letters and no Han character.
func isPinyinLike(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) >= 0 && !hasHan(text)
}
