package suggest

// confusion knows which characters of a lexicon are taken for one another.
type confusion struct {
	sounds  [][]reading         // by character
	bySound map[string][]saying // by syllable without tone
	glyphs  []glyph             // by character
}

// saying is a character that is read as a syllable.
type saying struct {
	char  uint16
	tone  uint8
	first bool // it is its usual reading
}

func newConfusion(l *Lexicon) *confusion {
	c := &confusion{
		sounds: make([][]reading, len(l.chars)), bySound: map[string][]saying{},
		glyphs: make([]glyph, len(l.chars)),
	}
	for i, r := range l.chars {
		c.sounds[i] = readings(r)
		c.glyphs[i] = drawn(r)
		for k, said := range c.sounds[i] {
			c.bySound[said.syllable] = append(c.bySound[said.syllable], saying{uint16(i), uint8(said.tone), k == 0})
		}
	}
	return c
}

// Log probabilities that a character is written for another, up to a constant:
// most mistakes are made with an input method that takes syllables without
// tones, and offers what is read so in the first place.
const (
	sameTone    = 0
	otherTone   = -.5
	nearSound   = -2 // zh for z, in for ing
	rareReading = -3 // of a character with several, for each of the two

	leastAlike = .8 // of two glyphs
	oneGlyph   = 0  // glyphs that are the same
	lookSlope  = 8  // by share of pixels not in common
	bothWays   = .5 // sounds alike and looks alike
)

// each calls visit with the characters that r may be written for, by index,
// with the log probability of that. One may come more than once.
func (c *confusion) each(r rune, visit func(char int, log float64)) {
	g := drawn(r)
	for k, said := range readings(r) {
		usual := 0.
		if k > 0 {
			usual = rareReading
		}
		c.sayings(said.syllable, func(s saying) {
			log := usual + sameTone
			if int(s.tone) != said.tone {
				log = usual + otherTone
			}
			if !s.first {
				log += rareReading
			}
			if g.alike(&c.glyphs[s.char]) >= leastAlike {
				log += bothWays
			}
			visit(int(s.char), log)
		})
		for _, near := range nearSyllables(said.syllable) {
			c.sayings(near, func(s saying) {
				log := usual + nearSound
				if !s.first {
					log += rareReading
				}
				visit(int(s.char), log)
			})
		}
	}
	if g.ink == 0 {
		return
	}
	for i := range c.glyphs {
		if share := g.alike(&c.glyphs[i]); share >= leastAlike {
			visit(i, oneGlyph-lookSlope*(1-share))
		}
	}
}

func (c *confusion) sayings(syllable string, visit func(saying)) {
	for _, s := range c.bySound[syllable] {
		visit(s)
	}
}
