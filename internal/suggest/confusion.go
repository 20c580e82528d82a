package suggest

// confusion knows which characters of a lexicon are taken for one another.
type confusion struct {
	bySound map[string][]saying // by syllable without tone
	looks   []look              // by character
}

// saying is a character that is read as a syllable.
type saying struct {
	char  uint16
	tone  uint8
	first bool // it is its usual reading
}

func newConfusion(l *Lexicon) *confusion {
	c := &confusion{bySound: map[string][]saying{}, looks: make([]look, len(l.chars))}
	for i, r := range l.chars {
		c.looks[i] = newLook(drawn(r))
		for k, said := range readings(r) {
			c.bySound[said.syllable] = append(c.bySound[said.syllable], saying{uint16(i), uint8(said.tone), k == 0})
		}
	}
	return c
}

// Log probabilities that a character is written for another, up to a constant:
// most mistakes are made with an input method that takes syllables without
// tones, and offers what is read so in the first place.
const (
	otherTone   = -.5 // than the same
	nearSound   = -2  // zh for z, in for ing
	rareReading = -3  // of a character with several, for each of the two

	leastAlike = .7 // of two glyphs
	lookSlope  = 8  // by how much they are not alike
)

// soundsLike calls visit with the characters, by index, that are read like r or
// nearly so, with the log probability that r is written for them. One may come
// more than once.
func (c *confusion) soundsLike(r rune, visit func(char int, log float64)) {
	for k, said := range readings(r) {
		usual := 0.
		if k > 0 {
			usual = rareReading
		}
		for _, s := range c.bySound[said.syllable] {
			log := usual + s.usual()
			if int(s.tone) != said.tone {
				log += otherTone
			}
			visit(int(s.char), log)
		}
		for _, near := range nearSyllables(said.syllable) {
			for _, s := range c.bySound[near] {
				visit(int(s.char), usual+s.usual()+nearSound)
			}
		}
	}
}

func (s saying) usual() float64 {
	if s.first {
		return 0
	}
	return rareReading
}

// looksLike returns the log probability that a character, drawn as typed, is
// written for another, by index; false where they are not alike.
func (c *confusion) looksLike(typed *likeness, char int) (float64, bool) {
	share := typed.alike(&c.looks[char])
	return -lookSlope * (1 - share), share >= leastAlike
}
