package record

import "xunwen/internal/news"

// collector decodes strings, which become parts of one. Its memory is used again.
type collector struct {
	*code
	text  []byte
	parts []part
	bad   bool
	room  []news.Paragraph // for the paragraphs of the next article
}

// part says which part of the text is the value of a string.
type part struct {
	to         *string
	start, end int
}

// maxCollected is the largest text for which memory is kept: a huge article must not keep its
// own.
const maxCollected = 64 << 10 // bytes

// collector returns one for an article whose paragraphs may be put into room.
func (s *Store) collector(room []news.Paragraph) (*collector, error) {
	k, err := s.code()
	if err != nil {
		return nil, err
	}
	c, ok := s.collectors.Get().(*collector)
	if !ok {
		c = new(collector)
	}
	c.code, c.room = k, room
	return c, nil
}

// release takes back a collector.
func (s *Store) release(c *collector) {
	if cap(c.text) > maxCollected {
		return
	}
	clear(c.parts)
	*c = collector{text: c.text[:0], parts: c.parts[:0]}
	s.collectors.Put(c)
}

// paragraphs returns n zero paragraphs.
func (c *collector) paragraphs(n int) []news.Paragraph {
	if c.room == nil || cap(c.room) < n {
		return make([]news.Paragraph, n)
	}
	out := c.room[:n]
	clear(out)
	return out
}

func (c *collector) add(to *string, codes []byte) { c.addValue(to, none, codes) }

// addValue adds a string that begins with a shared part, none for without one.
func (c *collector) addValue(to *string, shared int, codes []byte) {
	start := len(c.text)
	switch {
	case shared == none:
	case shared < len(c.shared):
		c.text = append(c.text, c.shared[shared]...)
	default:
		c.bad = true
	}
	text, ok := c.dictionary.Append(c.text, codes)
	c.text, c.bad = text, c.bad || !ok
	c.parts = append(c.parts, part{to, start, len(text)})
}

// again gives a string the value of the one that was added a number of strings ago.
func (c *collector) again(to *string, ago int) {
	p := c.parts[len(c.parts)-ago]
	c.parts = append(c.parts, part{to, p.start, p.end})
}

// share sets the strings.
func (c *collector) share() {
	text := string(c.text)
	for _, p := range c.parts {
		*p.to = text[p.start:p.end]
	}
}
