package suggest

import (
	"strings"

	"xunwen/internal/textnorm"
)

// A word may be typed with joiners: e-mail, T-恤. They stay where a correction doesn't
// change the characters next to them.

// keepJoiners returns a correction of a typed text with the joiners of the text that are in
// or next to what both begin or end with. A correction with joiners of its own keeps those.
func (c *correction) keepJoiners(typed, corrected string) string {
	if withoutJoiners(corrected) != corrected {
		return corrected
	}
	var letters []rune // of typed, folded
	joiners := map[int]rune{}
	for _, r := range typed {
		switch folded := c.fold.FoldString(string(r)); {
		case folded != "" && strings.Contains(wordJoiners, folded):
			joiners[len(letters)] = r
		default:
			letters = append(letters, []rune(folded)...)
		}
	}
	out := []rune(corrected)
	folded := []rune(c.fold.FoldString(corrected))
	if len(folded) != len(out) {
		return corrected
	}
	begin, end := 0, 0 // how much both have in common
	for most := min(len(letters), len(out)); begin < most && letters[begin] == folded[begin]; {
		begin++
	}
	for most := min(len(letters), len(out)) - begin; end < most &&
		letters[len(letters)-1-end] == folded[len(out)-1-end]; {
		end++
	}
	var b strings.Builder
	for i, r := range out {
		at := i // in letters
		if i > begin {
			at = len(letters) - (len(out) - i)
		}
		inBoth := 0 < i && i <= begin || at > begin && len(out)-i <= end
		if sign, ok := joiners[at]; ok && inBoth {
			b.WriteRune(sign)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// joinedEnd returns the end of the letters that begin at from, with single joiners among
// them.
func joinedEnd(folded []rune, from int) int {
	to, _ := runEnd(folded, from)
	for to+1 < len(folded) && strings.ContainsRune(wordJoiners, folded[to]) &&
		textnorm.IsWordRune(folded[to+1]) && !textnorm.IsHan(folded[to+1]) {
		to, _ = runEnd(folded, to+1)
	}
	return to
}

// joinedLetters corrects a mistake in a word of letters with joiners, which no article may
// contain as it was typed.
func (c *correction) joinedLetters(folded, typed string) (string, bool) {
	joined := withoutJoiners(folded)
	word, ok := c.latin.correct(joined, c.lexicon.count(joined))
	if !ok || distance(joined, word, 1) > 1 || c.docFreq(typed) > 0 {
		return "", false
	}
	return c.keepJoiners(typed, c.completer.shownWord(word)), true
}
