package suggest

// confusion knows which characters of a lexicon are confused with one another.
type confusion struct {
	bySyllable map[string][]homophone // by syllable without tone
	shapes     []shape                // by character
}

// homophone is a character that may be read as a given syllable.
type homophone struct {
	char  uint16
	tone  uint8
	usual bool // it is the usual reading of the character
}

func newConfusion(l *Lexicon) *confusion {
	c := &confusion{bySyllable: map[string][]homophone{}, shapes: make([]shape, len(l.chars))}
	for i, r := range l.chars {
		c.shapes[i] = newShape(glyphOf(r))
		for k, reading := range readings(r) {
			h := homophone{uint16(i), uint8(reading.tone), k == 0}
			c.bySyllable[reading.syllable] = append(c.bySyllable[reading.syllable], h)
		}
	}
	return c
}

// Log probabilities, up to a constant, that one character is written for
// another: most mistakes are made with an input method that takes syllables
// without tones and offers the characters with that usual reading first.
const (
	toneDifference = -0.5
	nearSyllable   = -2 // zh for z, in for ing
	unusualReading = -3 // of either character

	minSimilarity = 0.7 // of two glyphs
	shapeSlope    = 8   // times 1 - similarity
)

// soundsLike calls visit with the characters, by index, that sound like r or
// nearly so, with the log probability that r is written for them. A character
// may be visited more than once.
func (c *confusion) soundsLike(r rune, visit func(char int, log float64)) {
	for k, reading := range readings(r) {
		typed := homophone{usual: k == 0}.logReading()
		for _, h := range c.bySyllable[reading.syllable] {
			log := typed + h.logReading()
			if int(h.tone) != reading.tone {
				log += toneDifference
			}
			visit(int(h.char), log)
		}
		for _, near := range nearSyllables(reading.syllable) {
			for _, h := range c.bySyllable[near] {
				visit(int(h.char), typed+h.logReading()+nearSyllable)
			}
		}
	}
}

func (h homophone) logReading() float64 {
	if h.usual {
		return 0
	}
	return unusualReading
}

// looksLike returns the log probability that the typed character is written for
// another, by index; false if they don't look alike.
func (c *confusion) looksLike(typed *matcher, char int) (float64, bool) {
	similarity := typed.similarity(&c.shapes[char])
	return -shapeSlope * (1 - similarity), similarity >= minSimilarity
}
