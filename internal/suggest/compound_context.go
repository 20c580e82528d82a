package suggest

// context counts the occurrences of a string and the characters around them.
type context struct {
	documents, last uint32 // last is the last document with an occurrence
	occurrences     uint32
	ends            uint32 // occurrences before a sign, a particle or the end of the text
	before, after   frequent
}

// noCharacter stands for signs beside a string and the ends of a text.
const noCharacter rune = 0

// count counts an occurrence in a document between two characters.
func (c *context) count(document uint32, before, after rune) {
	c.occurrences++
	if c.last != document {
		c.documents++
		c.last = document
	}
	if after == noCharacter || isEndParticle(after) {
		c.ends++
	}
	c.before.add(before)
	c.after.add(after)
}

// merge adds the counts of other documents.
func (c *context) merge(other *context) {
	c.documents += other.documents
	c.occurrences += other.occurrences
	c.ends += other.ends
	c.before.merge(other.before)
	c.after.merge(other.after)
}

// isEndParticle reports whether a character follows the end of a phrase.
func isEndParticle(r rune) bool {
	switch r {
	case '的', '和', '与', '及', '或', '等':
		return true
	}
	return false
}

// incompleteShare is the share of the occurrences of an incomplete word that the same
// character continues. What frequent counts may be a twentieth too low for a share
// of 0.9.
const incompleteShare = 0.86

// isIncomplete reports whether nearly all occurrences of a string are a part of one
// and the same longer string.
func (c *context) isIncomplete() bool {
	limit := incompleteShare * float64(c.occurrences)
	return float64(c.before.highest()) >= limit || float64(c.after.highest()) >= limit
}

// endShare returns the share of the occurrences that end a phrase.
func (c *context) endShare() float64 { return float64(c.ends) / float64(max(c.occurrences, 1)) }

// frequent estimates how often the most frequent characters of a sequence occur
// (Misra and Gries, Finding Repeated Elements, 1982), at most a third of all others
// too low. Signs and the ends of texts are all different.
type frequent struct {
	chars  [2]rune
	counts [2]uint32
}

func (f *frequent) add(r rune) {
	if r == noCharacter {
		return
	}
	for i := range f.chars {
		if f.counts[i] > 0 && f.chars[i] == r {
			f.counts[i]++
			return
		}
	}
	for i := range f.chars {
		if f.counts[i] == 0 {
			f.chars[i], f.counts[i] = r, 1
			return
		}
	}
	f.counts[0]--
	f.counts[1]--
}

// merge adds the counts of another sequence (Agarwal, Cormode, Huang, Phillips, Wei and Yi,
// Mergeable Summaries, 2012).
func (f *frequent) merge(other frequent) {
	chars, counts := [4]rune{f.chars[0], f.chars[1]}, [4]uint32{f.counts[0], f.counts[1]}
	for i, r := range other.chars {
		at := 2 + i
		for k := range f.chars {
			if f.counts[k] > 0 && f.chars[k] == r {
				at = k
			}
		}
		chars[at] = r
		counts[at] += other.counts[i]
	}
	for range f.chars { // the highest two come first
		for i := len(counts) - 1; i > 0; i-- {
			if counts[i] > counts[i-1] {
				chars[i], chars[i-1], counts[i], counts[i-1] = chars[i-1], chars[i], counts[i-1], counts[i]
			}
		}
	}
	third := max(counts[2], counts[3])
	*f = frequent{[2]rune{chars[0], chars[1]}, [2]uint32{counts[0] - third, counts[1] - third}}
}

func (f *frequent) highest() uint32 { return max(f.counts[0], f.counts[1]) }

// top returns the most frequent character.
func (f *frequent) top() rune {
	if f.counts[1] > f.counts[0] {
		return f.chars[1]
	}
	return f.chars[0]
}
