package engine

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// needles are strings that are looked for in joined texts, all of them in one pass over a
// text. The zero value has none.
type needles struct {
	list  []needle
	heads [needleBuckets]int32 // by the hash of the first character: the last needle, plus 1
}

// needleBuckets is more than the needles of nearly all queries, so that few characters of
// a text have a bucket that is not empty.
const needleBuckets = 256

type needle struct {
	text   string
	first  rune
	next   int32 // the needle before it in the bucket, plus 1
	at     []int // where it begins in the text, with boundaries at both ends, at most maxMarks times
	inside bool  // it is in the text where it has no boundaries
}

// add returns the number of a needle.
func (n *needles) add(text string) int {
	if text == "" {
		n.list = append(n.list, needle{})
		return len(n.list) - 1
	}
	first, _ := utf8.DecodeRuneInString(text)
	head := &n.heads[bucketOf(first)]
	for i := *head; i > 0; i = n.list[i-1].next {
		if n.list[i-1].text == text {
			return int(i - 1)
		}
	}
	n.list = append(n.list, needle{text: text, first: first, next: *head})
	*head = int32(len(n.list))
	return len(n.list) - 1
}

func bucketOf(r rune) uint8 { return uint8(r ^ r>>8) }

// scan looks for all needles in a text.
func (n *needles) scan(t textnorm.Joined) {
	for i := range n.list {
		n.list[i].at, n.list[i].inside = n.list[i].at[:0], false
	}
	text := t.Text
	for i, size := 0, 0; i < len(text); i += size {
		r := rune(text[i])
		switch {
		case i+2 < len(text) && 0xE4 <= r && r <= 0xE9: // most characters: U+4000 to U+9FFF
			r, size = r&0x0F<<12|rune(text[i+1]&0x3F)<<6|rune(text[i+2]&0x3F), 3
		case r < utf8.RuneSelf:
			size = 1
		default:
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if k := n.heads[bucketOf(r)]; k > 0 {
			n.match(t, i, r, k)
		}
	}
}

// match adds the occurrences at an offset, where a character is, of the needles of its bucket.
func (n *needles) match(t textnorm.Joined, i int, r rune, k int32) {
	for ; k > 0; k = n.list[k-1].next {
		x := &n.list[k-1]
		if x.first != r || len(x.at) == maxMarks || !strings.HasPrefix(t.Text[i:], x.text) {
			continue
		}
		if t.Boundary(i) && t.Boundary(i+len(x.text)) {
			x.at = append(x.at, i)
		} else {
			x.inside = true
		}
	}
}

// appendTo appends the occurrences of a needle.
func (n *needles) appendTo(out []occurrence, number int) []occurrence {
	x := &n.list[number]
	for _, at := range x.at {
		out = append(out, occurrence{start: at, end: at + len(x.text)})
	}
	return out
}
