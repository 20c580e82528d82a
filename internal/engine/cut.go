package engine

// quality says how well a text reads that is cut at a place.
type quality int

const (
	hardCut     quality = iota // amid a clause
	minorCut                   // behind 、 or ：, beside quotes and brackets
	clauseCut                  // behind a clause
	sentenceCut                // behind a sentence, or at the text's ends
)

// charClass is what a character means to a cut behind it.
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

// closingOf returns the other half of an opening quote or bracket, else 0.
// ‘ and ’ are left out: ’ is an apostrophe too.
func closingOf(r rune) rune {
	switch r {
	case '“', '「', '『', '《', '〈', '（', '(', '【', '〔', '〖':
		return r + 1 // Unicode has these side by side
	case '［', '[', '｛', '{':
		return r + 2
	}
	return 0
}

// scanner goes through a text and tells the quality of a cut before each
// character. Marks of an end and closing quotes belong to what they end.
type scanner struct{ ended quality }

func (s *scanner) before(r rune) quality {
	q, class := s.ended, classOf(r)
	switch class {
	case sentenceChar:
		s.ended = sentenceCut
	case clauseChar:
		s.ended = max(s.ended, clauseCut)
	case minorChar, closingChar:
		s.ended = max(s.ended, minorCut)
	case openingChar, plainChar:
		s.ended = hardCut
		if class == openingChar {
			return max(q, minorCut)
		}
		return q
	}
	return hardCut
}
