package html

import (
	"strings"
	"unicode/utf8"
)

// Authors that the text names.

// bodyAuthors adds the authors that the text names: lines of their own at its head
// and below it, brackets in its first and last paragraph.
func (p *webPage) bodyAuthors(e *evidence, all []block) {
	var texts []block
	for _, b := range all {
		if b.kind == textBlock {
			texts = append(texts, b)
		}
	}
	const head, tail = 3, 8
	for i, b := range texts {
		last := len(texts) - 1 - i
		if i >= head && last >= tail {
			continue
		}
		if len(b.text) <= maxCreditLine {
			p.ownLineAuthors(e, b.text, last < tail && i > 0)
		}
		if i == 0 || last == 0 {
			p.bracketAuthors(e, b.text, i == 0, last == 0)
		}
	}
}

// ownLineAuthors adds the authors on a line of the text that names nothing else.
func (p *webPage) ownLineAuthors(e *evidence, text string, isTail bool) {
	if isPhotoLine(text) {
		return
	}
	weight := reporterName
	if isTail {
		weight = tailAuthor
	}
	bare := strings.Trim(text, "（）()【】〔〕[] ")
	isBracketed := bare != text
	text = bare
	switch m := matchAuthor(text); {
	case m != nil && isSentence(text):
		return
	case m != nil:
		if got := p.names(endOfNames(m[1])); got != "" { // 记者 周舟 文/图 has none behind
			e.add(got, weight)
			return
		}
	}
	if got := p.reporters(text); got != "" {
		e.add(got, weight)
		return
	}
	if m := signedLine.FindStringSubmatch(text); m != nil {
		e.add(p.names(m[1]), signedName)
		return
	}
	e.add(p.deskReporter(text), weight)
	if isBracketed {
		e.add(writerOfOffice(text), bracketed)
	}
	if isTail && utf8.RuneCountInString(text) <= 12 && !strings.ContainsAny(text, ":：") {
		e.add(p.strictNames(text), 0.8*unlabelled(text, isBracketed))
	}
}

// bracketAuthors adds the authors in brackets at the beginning or end of a paragraph.
func (p *webPage) bracketAuthors(e *evidence, text string, isFirst, isLast bool) {
	if isFirst {
		if m := reporterIn.FindStringSubmatch(firstBytes(text, maxCreditLine)); m != nil {
			name := m[1]
			if place := datelineName.FindStringSubmatch(strings.TrimFunc(name, isSpace)); place != nil {
				name = place[1]
			}
			e.add(p.names(dateline.ReplaceAllString(endOfNames(name), "")), datelined)
		}
	}
	if m := closing.FindStringSubmatch(text); m != nil && isLast {
		if got := p.reporters(m[1]); got != "" {
			e.add(got, bracketed)
		} else if label := authorLabel.FindStringSubmatch(m[1]); label != nil && strings.Contains(m[1], "作者") {
			e.add(p.names(endOfNames(label[1])), bracketed)
		}
	}
}
