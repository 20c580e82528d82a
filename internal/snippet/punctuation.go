package snippet

// quality grades how well a text reads that is cut at a boundary.
type quality int

const (
	noBreak       quality = iota // within a clause
	minorBreak                   // after 、 or ：, next to quotes and brackets
	clauseBreak                  // after a clause
	sentenceBreak                // after a sentence, or at the ends of the text
)

// charClass is what a character means for a cut after it.
type charClass int

const (
	plainChar charClass = iota
	openingChar
	closingChar
	minorChar
	clauseChar
	sentenceChar
)

func classOf(r rune) charClass {
	switch r {
	case '。', '！', '？', '；', '!', '?', ';', '…', '‥', '｡', '\n', '\r', '\u2028', '\u2029':
		return sentenceChar
	case '，', ',', '—', '–', '―', '～', '\u3000', '､':
		return clauseChar
	case '、', '：', ':', ' ', '\t', '\u00a0':
		return minorChar
	case '“', '‘', '「', '『', '《', '〈', '（', '(', '【', '〔', '［', '[', '〖', '｛', '{':
		return openingChar
	case '”', '’', '」', '』', '》', '〉', '）', ')', '】', '〕', '］', ']', '〗', '｝', '}':
		return closingChar
	}
	return plainChar
}

func isClosing(r rune) bool { return classOf(r) == closingChar }

// closingOf returns the closing half of an opening quote or bracket, else 0.
// ‘ and ’ are left out: ’ is an apostrophe too.
func closingOf(r rune) rune {
	switch r {
	case '“', '「', '『', '《', '〈', '（', '(', '【', '〔', '〖':
		return r + 1 // adjacent in Unicode
	case '［', '[', '｛', '{':
		return r + 2
	}
	return 0
}

// grader reads a text and grades a cut before each character. Sentence marks
// and closing quotes that follow one another belong to what they end.
type grader struct{ ended quality }

func (g *grader) before(r rune) quality {
	q, class := g.ended, classOf(r)
	switch class {
	case sentenceChar:
		g.ended = sentenceBreak
	case clauseChar:
		g.ended = max(g.ended, clauseBreak)
	case minorChar, closingChar:
		g.ended = max(g.ended, minorBreak)
	case openingChar, plainChar:
		g.ended = noBreak
		if class == openingChar {
			return max(q, minorBreak)
		}
		return q
	}
	return noBreak
}
